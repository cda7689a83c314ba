using System.Text.Json;

namespace OpsMap.Simulator.Ground;

/// <summary>Reads the server's GeoJSON. What is missing or of another type is left out rather than guessed.</summary>
static class CityJson
{
    public static IReadOnlyList<Street> Streets(JsonElement collection) =>
        [.. Features(collection).Select(Street).OfType<Street>()];

    public static IReadOnlyList<Edge> Edges(JsonElement collection) =>
        [.. from feature in Features(collection)
            let properties = feature.GetProperty("properties")
            let left = Text(properties, "left")
            where left is not null
            from part in Lines(feature.GetProperty("geometry"))
            select new Edge(left, Text(properties, "right"), Text(properties, "kind") ?? "land", part)];

    public static IReadOnlyList<Region> Waters(JsonElement collection) =>
        [.. Features(collection).Select(feature => Rings(feature.GetProperty("geometry"))).Where(rings => rings.Count > 0).Select(rings => new Region(rings))];

    static Street? Street(JsonElement feature)
    {
        var properties = feature.GetProperty("properties");
        var rings = Rings(feature.GetProperty("geometry"));
        if (rings.Count == 0 || Text(properties, "code") is not { } code) return null;
        var region = new Region(rings);
        var label = properties.TryGetProperty("label", out var point) && point.ValueKind == JsonValueKind.Array ? Spot(point) : region.Centre;
        return new Street(code, Text(properties, "name") ?? code, Text(properties, "parent_name") ?? "", label, region);
    }

    static IEnumerable<JsonElement> Features(JsonElement collection) =>
        collection.TryGetProperty("features", out var features) ? features.EnumerateArray().Where(HasGeometry) : [];

    static bool HasGeometry(JsonElement feature) => feature.TryGetProperty("geometry", out var geometry) && geometry.ValueKind == JsonValueKind.Object;

    static List<IReadOnlyList<Spot>> Rings(JsonElement geometry)
    {
        var coordinates = geometry.GetProperty("coordinates");
        var rings = geometry.GetProperty("type").GetString() switch
        {
            "Polygon" => coordinates.EnumerateArray(),
            "MultiPolygon" => coordinates.EnumerateArray().SelectMany(polygon => polygon.EnumerateArray()),
            _ => [],
        };
        return [.. rings.Select(Spots).Where(ring => ring.Count > 2)];
    }

    static IEnumerable<Line> Lines(JsonElement geometry)
    {
        var coordinates = geometry.GetProperty("coordinates");
        IEnumerable<JsonElement> parts = geometry.GetProperty("type").GetString() switch
        {
            "LineString" => [coordinates],
            "MultiLineString" => coordinates.EnumerateArray(),
            _ => [],
        };
        return parts.Select(Spots).Where(spots => spots.Count > 1).Select(spots => new Line(spots)).Where(line => line.LengthMeters > 1);
    }

    static IReadOnlyList<Spot> Spots(JsonElement positions) => [.. positions.EnumerateArray().Select(Spot)];

    static Spot Spot(JsonElement position) => new(position[0].GetDouble(), position[1].GetDouble());

    static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
