using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using OpsMap.Feeds;
using OpsMap.Web;

namespace OpsMap.Incidents;

/// <summary>One incident as somebody reports it. A feed's has a source id and a hash; one filed by hand has the person's id instead.</summary>
/// <param name="ReportedAt">Null: when it was received.</param>
/// <param name="Place">Null: no place was given, the report is kept as unlocated.</param>
/// <param name="Hash">SHA-256 over the fields as sent: the same key with another hash is a conflict.</param>
sealed record Report(
    long? FeedId, string? SourceId, byte[]? Hash, long? ReporterId,
    string Category, string Title, string Description, string Address, DateTimeOffset? ReportedAt, Place? Place, double? AccuracyM)
{
    private static readonly string[] Fields = ["source_id", "category", "title", "description", "reported_at", "lon", "lat", "datum", "accuracy_m", "address"];
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads a feed's item; the refusal says why it cannot be taken. The source id is returned with it where it could be read.</summary>
    public static (Report? Report, string? SourceId, Refusal? Refused) Read(FeedItem sent, long feedId, DateTimeOffset now)
    {
        if (sent.Json is not { } json) return (null, null, new("bad_json", sent.Fault ?? "not readable JSON"));
        if (json.ValueKind != JsonValueKind.Object) return (null, null, new("bad_json", $"the item is {FeedBody.Kind(json)}: send an object"));
        var item = new ItemReader(json);
        var sourceId = item.Text("source_id", 200);
        if (item.Refused is null && string.IsNullOrWhiteSpace(sourceId)) item.Refuse("source_id_missing", "source_id is missing: send the sender's own id of the report, the same again when it is sent again");
        item.KnowsOnly(Fields);
        var place = item.Place();
        var report = Read(item, place, now) with { FeedId = feedId, SourceId = sourceId };
        return item.Refused is { } refused ? (null, sourceId, refused) : (report with { Hash = report.HashOf() }, sourceId, null);
    }

    /// <summary>Reads what a person files by hand.</summary>
    public static (Report? Report, Refusal? Refused) Read(JsonElement json, long reporterId, DateTimeOffset now)
    {
        var item = new ItemReader(json);
        item.KnowsOnly(Fields[1..]);
        var report = Read(item, item.Place(), now) with { ReporterId = reporterId };
        return item.Refused is { } refused ? (null, refused) : (report, null);
    }

    private static Report Read(ItemReader item, Place? place, DateTimeOffset now) => new(
        null, null, null, null,
        item.Text("category", 200) ?? "", item.Text("title", 500) ?? "", item.Text("description", 10_000) ?? "", item.Text("address", 500) ?? "",
        item.Time("reported_at", Earliest, now.AddHours(24)), place, item.Number("accuracy_m", 0, 1_000_000));

    private byte[] HashOf()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var text in (ReadOnlySpan<string>)[Category, Title, Description, Address, ReportedAt?.ToString("O") ?? "", Place?.Datum ?? ""]) json.WriteStringValue(text);
            foreach (var number in (ReadOnlySpan<double?>)[Place?.RawLon, Place?.RawLat, AccuracyM])
                if (number is { } value) json.WriteNumberValue(value);
                else json.WriteNullValue();
            json.WriteEndArray();
        }
        return SHA256.HashData(buffer.WrittenSpan);
    }
}
