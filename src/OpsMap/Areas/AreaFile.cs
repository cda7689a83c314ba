using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using NetTopologySuite.Geometries;
using OpsMap.Data;

namespace OpsMap.Areas;

/// <summary>An area as a file gave it: EPSG:4326, not yet known to be valid.</summary>
sealed record AreaRow(int Index, string Code, string Name, string? ParentCode, MultiPolygon Geom);

/// <summary>A feature that was left out: its place in the file from 0, its code where it had one, and why.</summary>
sealed record AreaReject(int Index, string? Code, string Reason, string Detail);

/// <summary>Which of a feature's properties to read.</summary>
/// <param name="Name">Null takes the code for a name.</param>
/// <param name="TwelveDigits">Whether a code must be one of the 12 digits of the Chinese list.</param>
sealed record AreaFields(string Code, string? Name, string? Parent, bool TwelveDigits);

/// <summary>Reads areas from GeoJSON, plain or gzipped. A feature that cannot be read is named and left out; the rest goes on.</summary>
static partial class AreaFile
{
    private const long LargestBytes = 500L << 20;
    private const int MostVertices = 1_000_000, MostParts = 10_000, LongestText = 100;

    /// <exception cref="RefusedException">The file as a whole cannot be read.</exception>
    public static async Task<(List<AreaRow> Rows, List<AreaReject> Rejects)> ReadAsync(string file, AreaFields fields, CancellationToken ct)
    {
        using var document = await ParseAsync(file, ct);
        var features = Features(document.RootElement, file);
        var (rows, rejects, seen) = (new List<AreaRow>(), new List<AreaReject>(), new HashSet<string>());
        foreach (var (index, feature) in features.Index())
        {
            var code = Property(feature, fields.Code);
            try
            {
                var row = Row(index, code, feature, fields);
                if (!seen.Add(row.Code)) throw new Unreadable("duplicate_code", $"the code '{row.Code}' came before in this file");
                rows.Add(row);
            }
            catch (Unreadable e)
            {
                rejects.Add(new AreaReject(index, code, e.Reason, e.Message));
            }
        }
        return (rows, rejects);
    }

    private static async Task<JsonDocument> ParseAsync(string file, CancellationToken ct)
    {
        if (!File.Exists(file)) throw new RefusedException($"there is no file '{file}'");
        try
        {
            await using var raw = File.OpenRead(file);
            if (raw.Length > LargestBytes) throw new RefusedException($"'{file}' is larger than {LargestBytes >> 20} MB");
            var first = new byte[2];
            var gzipped = await raw.ReadAtLeastAsync(first, 2, throwOnEndOfStream: false, ct) == 2 && first is [0x1f, 0x8b];
            raw.Position = 0;
            if (first is [(byte)'P', (byte)'K']) throw new RefusedException($"'{file}' is a zip file: this version reads GeoJSON, also gzipped");
            await using var text = gzipped ? new GZipStream(raw, CompressionMode.Decompress) : (Stream)raw;
            return await JsonDocument.ParseAsync(text, new JsonDocumentOptions { MaxDepth = 32 }, ct);
        }
        catch (JsonException e)
        {
            throw new RefusedException($"'{file}' is no GeoJSON: not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
        catch (InvalidDataException)
        {
            throw new RefusedException($"'{file}' cannot be unzipped");
        }
    }

    private static JsonElement.ArrayEnumerator Features(JsonElement root, string file)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array) throw new RefusedException($"'{file}' is no GeoJSON FeatureCollection");
        if (root.TryGetProperty("crs", out var crs) && crs.GetRawText() is var named && !named.Contains("CRS84", StringComparison.Ordinal) && !named.Contains("4326", StringComparison.Ordinal))
            throw new RefusedException($"'{file}' says that its coordinates are {named.ReplaceLineEndings(" ")}: this version takes EPSG:4326 only");
        return features.EnumerateArray();
    }

    private static AreaRow Row(int index, string? code, JsonElement feature, AreaFields fields)
    {
        if (code is null or "") throw new Unreadable("no_code", $"the feature has no property '{fields.Code}'");
        var (name, parent) = (fields.Name is { } n ? Property(feature, n) : code, fields.Parent is { } p ? Property(feature, p) : null);
        if (name is null or "") throw new Unreadable("no_name", $"the feature has no property '{fields.Name}'");
        foreach (var text in new[] { code, name, parent ?? "" })
            if (text.Length > LongestText || text.Any(char.IsControl)) throw new Unreadable("bad_text", $"'{text[..Math.Min(text.Length, 20)]}…' is longer than {LongestText} characters or holds control characters");
        if (fields.TwelveDigits && !TwelveDigits().IsMatch(code)) throw new Unreadable("bad_code", $"'{code}' is no code of 12 digits");
        if (feature.ValueKind != JsonValueKind.Object || !feature.TryGetProperty("geometry", out var geometry) || geometry.ValueKind != JsonValueKind.Object) throw new Unreadable("no_geometry", "the feature has no geometry");
        return new AreaRow(index, code, name, parent is "" ? null : parent, Geometry(geometry));
    }

    private static string? Property(JsonElement feature, string name) =>
        feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out var value)
            ? value.ValueKind switch { JsonValueKind.String => Text(value), JsonValueKind.Number => value.GetRawText(), _ => null }
            : null;

    private static string Text(JsonElement value)
    {
        try
        {
            return value.GetString()?.Trim() ?? "";
        }
        catch (InvalidOperationException)
        {
            throw new Unreadable("bad_text", $"{value.GetRawText()} is not valid text: it holds half a character");
        }
    }

    private static MultiPolygon Geometry(JsonElement geometry)
    {
        var type = geometry.TryGetProperty("type", out var t) && t.ValueKind == JsonValueKind.String ? t.GetString() : null;
        if (type is not ("Polygon" or "MultiPolygon")) throw new Unreadable("not_an_area", $"the geometry is a '{type}': a Polygon or MultiPolygon is needed");
        if (!geometry.TryGetProperty("coordinates", out var coordinates) || coordinates.ValueKind != JsonValueKind.Array) throw new Unreadable("no_geometry", "the geometry has no coordinates");
        var parts = type == "Polygon" ? [coordinates] : coordinates.EnumerateArray().ToList();
        if (parts.Count is 0 or > MostParts) throw new Unreadable("bad_geometry", $"the geometry has {parts.Count} parts: 1 to {MostParts} can be taken");
        var vertices = 0;
        return new MultiPolygon([.. parts.Select(part => Polygon(part, ref vertices))]) { SRID = 4326 };
    }

    private static Polygon Polygon(JsonElement part, ref int vertices)
    {
        if (part.ValueKind != JsonValueKind.Array || part.GetArrayLength() == 0) throw new Unreadable("bad_geometry", "a part of the geometry has no rings");
        var rings = new List<LinearRing>();
        foreach (var ring in part.EnumerateArray()) rings.Add(Ring(ring, ref vertices));
        return new Polygon(rings[0], [.. rings.Skip(1)]) { SRID = 4326 };
    }

    private static LinearRing Ring(JsonElement ring, ref int vertices)
    {
        if (ring.ValueKind != JsonValueKind.Array || ring.GetArrayLength() < 4) throw new Unreadable("bad_ring", "a ring has fewer than four points");
        if ((vertices += ring.GetArrayLength()) > MostVertices) throw new Unreadable("too_large", $"the geometry has more than {MostVertices:N0} points");
        var points = ring.EnumerateArray().Select(Point).ToArray();
        if (!points[0].Equals2D(points[^1])) throw new Unreadable("bad_ring", $"a ring that begins at {points[0].X.ToString(CultureInfo.InvariantCulture)} {points[0].Y.ToString(CultureInfo.InvariantCulture)} is not closed");
        return new LinearRing(points);
    }

    private static Coordinate Point(JsonElement point)
    {
        if (point.ValueKind == JsonValueKind.Array && point.GetArrayLength() >= 2 && point[0].ValueKind == JsonValueKind.Number && point[1].ValueKind == JsonValueKind.Number
            && point[0].TryGetDouble(out var lon) && point[1].TryGetDouble(out var lat) && Math.Abs(lon) <= 180 && Math.Abs(lat) <= 90) return new Coordinate(lon, lat);
        throw new Unreadable("bad_coordinate", $"{Short(point.GetRawText())} is no longitude and latitude in degrees (EPSG:4326)");
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    [GeneratedRegex(@"\A\d{12}\z")]
    private static partial Regex TwelveDigits();

    private sealed class Unreadable(string reason, string detail) : Exception(detail)
    {
        public string Reason => reason;
    }
}
