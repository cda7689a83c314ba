using System.Globalization;
using System.Text.Json;
using OpsMap.Areas;
using OpsMap.Data;
using OpsMap.Web;

namespace OpsMap.Commands;

/// <summary>`import areas FILE`: boundaries from a file into an edition. The last line printed is one JSON object.</summary>
static class ImportCommand
{
    private static readonly string[] Levels = ["city", "district", "street", "community", "estate", "grid", "block", "zone"];
    private static readonly string[] Later = ["incidents", "stations", "cameras", "fixes", "layer"];
    private static readonly TimeSpan CityTime = TimeSpan.FromHours(8);

    public static async Task<int> RunAsync(Arguments args, CancellationToken ct)
    {
        var (folder, database) = (args.Option("--data") ?? ".opsmap", Target.GivenDatabase(args));
        var what = args.Word("what to import");
        if (Later.Contains(what)) throw new RefusedException($"'import {what}' is not in this version of OpsMap yet; 'import areas' is");
        if (what != "areas") throw new UsageException($"'{what}' cannot be imported; it is: import areas");
        var level = args.Option("--level") is { } given && Levels.Contains(given) ? given : throw new UsageException($"'--level' is one of {string.Join(", ", Levels)}");
        var fields = new AreaFields(args.Needed("--code"), args.Option("--name"), args.Option("--parent"), args.Option("--code-scheme") is { } scheme && (scheme == "cn" ? true : throw new UsageException($"'--code-scheme' is cn, not '{scheme}'")));
        var (edition, from) = (args.Needed("--edition"), Day(args.Needed("--from")));
        OnlyToday("--crs", args.Option("--crs"), "EPSG:4326", "4326");
        OnlyToday("--encoding", args.Option("--encoding"), "utf-8", "utf8");
        var file = args.Word("the file");
        args.End();
        if (Path.GetExtension(file.ToLowerInvariant()) is ".shp" or ".zip" or ".gpkg" or ".gdb") throw new RefusedException($"'{file}' cannot be read by this version: it reads GeoJSON, also gzipped");

        var (rows, rejects) = await AreaFile.ReadAsync(file, fields, ct);
        await using var target = await Target.OpenAsync("import areas", folder, database, ct);
        var done = await new AreaImportStore(target.Db).LoadAsync(edition, from, level, Path.GetFileName(file), rows, rejects, ct);
        Console.WriteLine(JsonSerializer.Serialize(done, Json.Options));
        return 0;
    }

    private static void OnlyToday(string name, string? given, params string[] allowed)
    {
        if (given is not null && !allowed.Contains(given, StringComparer.OrdinalIgnoreCase)) throw new RefusedException($"'{name} {given}' is not in this version of OpsMap yet: it takes {allowed[0]}");
    }

    // A day begins at the city's midnight.
    private static DateTimeOffset Day(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return new DateTimeOffset(day, TimeOnly.MinValue, CityTime).ToUniversalTime();
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant.ToUniversalTime() : throw new UsageException($"'--from' wants a day such as 2026-01-31, not '{text}'");
    }
}
