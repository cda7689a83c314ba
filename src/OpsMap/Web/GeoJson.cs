using System.Buffers;
using System.Text.Json;
using OpsMap.Areas;

namespace OpsMap.Web;

/// <summary>One feature as the database wrote it: properties as JSON, geometry as GeoJSON of six digits.</summary>
readonly record struct Feature(long Id, string Properties, string Geometry);

/// <summary>Writes collections of lines and areas, each with the status of its lines.</summary>
static class GeoJson
{
    public const string MediaType = "application/geo+json";

    /// <summary>The collection; its edition is null while the city has none, and then it holds nothing.</summary>
    public static byte[] Collection(Edition? edition, IEnumerable<Feature> features)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Json.Options.Encoder, SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WritePropertyName("edition");
        JsonSerializer.Serialize(json, edition is null ? null : new EditionBrief(edition.Id, edition.Name), Json.Options);
        json.WriteString("legal_status", edition?.LegalStatus ?? "schematic");
        json.WriteString("source", edition?.Source);
        json.WritePropertyName("notice");
        JsonSerializer.Serialize(json, Notices.Legal, Json.Options);
        json.WriteStartArray("features");
        foreach (var feature in features)
        {
            json.WriteStartObject();
            json.WriteString("type", "Feature");
            json.WriteNumber("id", feature.Id);
            json.WritePropertyName("properties");
            json.WriteRawValue(feature.Properties, skipInputValidation: true);
            json.WritePropertyName("geometry");
            json.WriteRawValue(feature.Geometry, skipInputValidation: true);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
