using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsMap.Live;

/// <summary>One frame of the stream.</summary>
/// <param name="Kind">snapshot, changes, positions or beat.</param>
/// <param name="From">The number after which its changes begin; null in a snapshot, which has nothing before it.</param>
/// <param name="At">The database's time when the node last knew its picture to be complete.</param>
/// <param name="More">Whether this snapshot, or this first batch of all positions, goes on in the next frame.</param>
/// <param name="Items">Each the ready JSON of {topic, op, id, item}.</param>
[JsonConverter(typeof(LiveBatchConverter))]
sealed record LiveBatch(string Kind, string Epoch, int View, long? From, long To, DateTimeOffset At, bool More, IReadOnlyList<byte[]> Items);

/// <summary>Writes the envelope and copies the ready items.</summary>
sealed class LiveBatchConverter : JsonConverter<LiveBatch>
{
    public override LiveBatch Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => throw new NotSupportedException("batches are only sent");

    public override void Write(Utf8JsonWriter writer, LiveBatch batch, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", batch.Kind);
        writer.WriteString("epoch", batch.Epoch);
        writer.WriteNumber("view", batch.View);
        if (batch.From is { } from) writer.WriteNumber("from", from);
        else writer.WriteNull("from");
        writer.WriteNumber("to", batch.To);
        writer.WriteString("at", batch.At.UtcDateTime);
        if (batch.More) writer.WriteBoolean("more", true);
        writer.WriteStartArray("items");
        foreach (var item in batch.Items) writer.WriteRawValue(item, skipInputValidation: true);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
