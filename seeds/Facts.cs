using System.Globalization;

namespace OpsMap.Seeds;

/// <param name="Lon">Null together with <paramref name="Lat"/> when nobody knows where the street is.</param>
sealed record StreetFact(string Code, string Name, string District, double? Lon, double? Lat)
{
    /// <summary>街道, 镇 or 乡 as the name says, else as the national code says; 功能区 for zones and enterprises that stand in the list like streets.</summary>
    public string Kind =>
        Name.Contains("街道") ? "街道" : Name.EndsWith('镇') ? "镇" : Name.EndsWith('乡') ? "乡" : string.CompareOrdinal(Code, 6, "400", 0, 3) < 0 ? "街道" : "功能区";

    public bool IsStreet => Kind != "功能区";
}

sealed record CommunityFact(string Code, string Name, string StreetCode);

/// <param name="Line">Centre line as lon, lat, downstream.</param>
sealed record RiverFact(string Code, string Name, double WidthMeters, IReadOnlyList<(double Lon, double Lat)> Line);

/// <summary>The embedded facts/*.csv, in order of code.</summary>
static class Facts
{
    public static IReadOnlyList<StreetFact> Streets() =>
        [.. Rows("wuhan-streets.csv").Select(r => new StreetFact(r[0], r[1], r[2], Number(r[3]), Number(r[4]))).OrderBy(s => s.Code, StringComparer.Ordinal)];

    public static IReadOnlyList<CommunityFact> Communities() =>
        [.. Rows("wuhan-communities.csv").Select(r => new CommunityFact(r[0], r[1], r[2])).OrderBy(c => c.Code, StringComparer.Ordinal)];

    public static IReadOnlyList<RiverFact> Rivers() =>
        [.. Rows("wuhan-rivers.csv").GroupBy(r => r[0]).Select(g => new RiverFact(
            g.Key, g.First()[1], double.Parse(g.First()[2], CultureInfo.InvariantCulture),
            [.. g.OrderBy(r => int.Parse(r[3], CultureInfo.InvariantCulture)).Select(r => (Number(r[4]) ?? 0, Number(r[5]) ?? 0))]))];

    static double? Number(string text) => text == "" ? null : double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The rows after the head line; no field holds a comma or a quote.</summary>
    static IEnumerable<string[]> Rows(string file)
    {
        using var stream = typeof(Facts).Assembly.GetManifestResourceStream("facts/" + file) ?? throw new InvalidOperationException($"facts/{file} is not embedded");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.TrimEnd('\r').Split(','))];
    }
}
