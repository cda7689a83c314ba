using System.Text.Json;
using OpsMap.Web;

namespace OpsMap.Live;

/// <summary>One thing of the live picture at one version, with the bytes that every client is sent: encoded once, shared by all.</summary>
/// <param name="Areas">The codes of the areas it belongs to, empty where it is nobody's; null for things that areas do not divide (feeds), which no areas filter hides.</param>
/// <param name="Parent">The parent's code, of areas only.</param>
/// <param name="Put">The UTF-8 JSON of <c>{topic, op, id, item}</c>.</param>
sealed record LiveItem(Topic Topic, long Id, int Version, string[] Scopes, double? Lon, double? Lat, string[]? Areas, string? Parent, LiveTraits Traits, byte[] Put)
{
    /// <summary>Reads a body as the log and the picture hold it.</summary>
    public static LiveItem Read(Topic topic, long id, int version, string[] scopes, double? lon, double? lat, string body)
    {
        using var document = JsonDocument.Parse(body);
        var item = document.RootElement;
        var traits = new LiveTraits(Text(item, "status"), Text(item, "category"), Text(item, "class"), Text(item, "feed"), Text(item, "level"));
        return new LiveItem(topic, id, version, scopes, lon, lat, AreasOf(topic, item), Text(item, "parent"), traits, LiveJson.Put(topic, id, item));
    }

    // area: {code, name} | null; street: code | null; areas: [code]; an area is its own.
    private static string[]? AreasOf(Topic topic, JsonElement item)
    {
        if (topic == Topic.Areas) return Text(item, "code") is { } own ? [own] : [];
        if (item.ValueKind != JsonValueKind.Object) return null;
        if (item.TryGetProperty("area", out var area)) return area.ValueKind == JsonValueKind.Object && Text(area, "code") is { } code ? [code] : [];
        if (item.TryGetProperty("street", out _)) return Text(item, "street") is { } street ? [street] : [];
        if (item.TryGetProperty("areas", out var areas) && areas.ValueKind == JsonValueKind.Array) return [.. areas.EnumerateArray().Where(a => a.ValueKind == JsonValueKind.String).Select(a => a.GetString() ?? "")];
        return null;
    }

    // A body that is not as agreed must not stop the tail: what cannot be read is as if it were not there.
    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>What filters ask for; null where a topic has no such thing, and then that filter does not hide it.</summary>
readonly record struct LiveTraits(string? Status, string? Category, string? Class, string? Feed, string? Level);

/// <summary>One numbered change. <see cref="Before"/> is what the picture held until then.</summary>
/// <param name="ScopesBefore">Only where the item before is not known (changes older than this node): who could see it then.</param>
sealed record LiveEntry(long Seq, Topic? Topic, long Id, LiveItem? Before, LiveItem? After, string[]? ScopesBefore = null)
{
    private byte[]? _drop;

    /// <summary>The bytes that take it out of a picture.</summary>
    public byte[] Drop => _drop ??= LiveJson.Drop(Topic ?? throw new InvalidOperationException($"change {Seq} has no topic"), Id);
}

/// <summary>The topics in the order in which snapshots send them.</summary>
enum Topic { Areas, Committees, Stations, Feeds, Incidents, Patrols, Gaps, Positions }

/// <summary>Names and bytes of what clients are sent.</summary>
static class LiveJson
{
    private static readonly JsonWriterOptions Written = new() { Encoder = Json.Options.Encoder, SkipValidation = true };
    private static readonly Dictionary<string, Topic> Named = Enum.GetValues<Topic>().ToDictionary(NameOf);

    public static string NameOf(Topic topic) => topic.ToString().ToLowerInvariant();

    /// <summary>Null for a name that this build does not know.</summary>
    public static Topic? TopicOf(string name) => Named.TryGetValue(name, out var topic) ? topic : null;

    public static IEnumerable<string> Topics => Named.Keys;

    public static byte[] Put(Topic topic, long id, JsonElement item) => Bytes(topic, "put", id, w => item.WriteTo(w));

    public static byte[] Drop(Topic topic, long id) => Bytes(topic, "drop", id, w => w.WriteNullValue());

    private static byte[] Bytes(Topic topic, string op, long id, Action<Utf8JsonWriter> item)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Written))
        {
            writer.WriteStartObject();
            writer.WriteString("topic", NameOf(topic));
            writer.WriteString("op", op);
            writer.WriteNumber("id", id);
            writer.WritePropertyName("item");
            item(writer);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
