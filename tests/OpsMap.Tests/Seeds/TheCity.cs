using OpsMap.Seeds;

namespace OpsMap.Tests.Seeds;

/// <summary>The demo city, drawn once for all tests.</summary>
static class TheCity
{
    static readonly Lazy<SeedCity> drawn = new(DemoCity.Build);

    public static SeedCity City => drawn.Value;

    public static IReadOnlyList<SeedArea> Level(string level) => [.. City.Areas.Where(a => a.Level == level)];
}
