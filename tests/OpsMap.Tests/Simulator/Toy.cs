using OpsMap.Simulator.Ground;

namespace OpsMap.Tests.Simulator;

/// <summary>Two streets of about 2 km by 2 km side by side with a wiggly line between them; a pond lies in the middle of the left one.</summary>
static class Toy
{
    public static readonly Spot Middle = new(114.30, 30.60);

    public static readonly IReadOnlyList<Spot> Pond = Ring((-1_150, -150), (-850, -150), (-850, 150), (-1_150, 150));
    static readonly Spot[] Shared = [.. Enumerable.Range(0, 41).Select(i => Middle.Moved(60 * Math.Sin(i * 0.9), -1_000 + i * 50))];

    /// <summary>The left street's ring.</summary>
    public static Line Outline { get; } = new([.. Shared, .. Ring((-2_000, 1_000), (-2_000, -1_000)), Shared[0]]);

    public static Street Left { get; } = Street("420102001000", "东街道", [.. Shared, .. Ring((-2_000, 1_000), (-2_000, -1_000))]);
    public static Street Right { get; } = Street("420102002000", "西街道", [.. Shared, .. Ring((2_000, 1_000), (2_000, -1_000))]);

    public static OpsMap.Simulator.Ground.City City { get; } = new(
        [Left, Right],
        [new Edge(Left.Code, Right.Code, "land", new Line(Shared)), new Edge(Left.Code, null, "river", new Line(Ring((-2_000, -1_000), (-2_000, 1_000))))],
        [new Region([Pond])],
        [new("manhole", "井盖破损"), new("lamp", "路灯不亮"), new("waste", "垃圾堆积"), new("other", "其他")],
        [new("O1", "东街道办事处", "street", Left.Code), new("O2", "西街道办事处", "street", Right.Code), new("CG", "城市管理执法委", "city", null)],
        [new("F1", "foot", Left.Code)]);

    static Street Street(string code, string name, IReadOnlyList<Spot> ring)
    {
        var region = new Region([ring]);
        return new(code, name, "江岸区", region.Centre, region);
    }

    static Spot[] Ring(params (double East, double North)[] corners) => [.. corners.Select(corner => Middle.Moved(corner.East, corner.North))];
}
