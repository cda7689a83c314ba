using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace OpsMap.Feeds;

/// <summary>One item of a body: its JSON, or (in NDJSON) what is wrong with its line.</summary>
readonly record struct FeedItem(JsonElement? Json, ReadOnlyMemory<byte> Raw, string? Fault)
{
    /// <summary>As it came, for quarantine; bytes that are no UTF-8 become U+FFFD, and so does NUL.</summary>
    public string Text(int most = 20_000)
    {
        var raw = Encoding.UTF8.GetString(Json is { } json && Raw.IsEmpty ? JsonMarshal.GetRawUtf8Value(json) : Raw.Span);
        return (raw.Length > most ? raw[..most] : raw).Replace('\0', '\uFFFD');
    }
}

/// <summary>A body that cannot be read as a whole: 400, or 413 where it holds too many items.</summary>
sealed record BodyFault(int Status, string Detail);

/// <summary>Cuts a body into items: an object, an array, or one item a line.</summary>
static class FeedBody
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>The items in their order, or the fault. Blank lines of NDJSON are no items.</summary>
    public static (List<FeedItem> Items, BodyFault? Fault) Read(ReadOnlyMemory<byte> body, bool lines, int mostItems)
    {
        if (body.Span.StartsWith("\uFEFF"u8)) body = body[3..];
        var items = new List<FeedItem>();
        if (lines)
        {
            foreach (var line in Lines(body))
            {
                if (items.Count == mostItems) return ([], TooMany(mostItems));
                items.Add(Line(line));
            }
            return items.Count == 0 ? ([], new(400, "the body is empty: send one JSON object a line")) : (items, null);
        }
        JsonElement whole;
        try
        {
            whole = JsonDocument.Parse(body, Strict).RootElement;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return ([], new(400, $"the body is not readable JSON: {e.Message} Send an object or an array of objects, or one object a line as application/x-ndjson."));
        }
        if (whole.ValueKind == JsonValueKind.Object) return ([new(whole, default, null)], null);
        if (whole.ValueKind != JsonValueKind.Array) return ([], new(400, $"the body is {Kind(whole)}: send an object or an array of objects"));
        if (whole.GetArrayLength() > mostItems) return ([], TooMany(mostItems));
        items.AddRange(whole.EnumerateArray().Select(item => new FeedItem(item, default, null)));
        return (items, null);
    }

    /// <summary>What a JSON value is, in words.</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null or JsonValueKind.Undefined => "null",
        _ => "true or false",
    };

    private static BodyFault TooMany(int most) => new(413, $"the body holds more than {most} items: send it in parts");

    private static FeedItem Line(ReadOnlyMemory<byte> line)
    {
        try
        {
            return new(JsonDocument.Parse(line, Strict).RootElement, line, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new(null, line, $"this line is not readable JSON: {e.Message}");
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> body)
    {
        while (!body.IsEmpty)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var line = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (line.Span.IndexOfAnyExcept(" \t\r"u8) >= 0) yield return line;
        }
    }
}
