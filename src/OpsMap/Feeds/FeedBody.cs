using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using OpsMap.Web;

namespace OpsMap.Feeds;

/// <summary>One item of a body: its JSON, or (in NDJSON) what is wrong with its line.</summary>
readonly record struct FeedItem(JsonElement? Json, ReadOnlyMemory<byte> Raw, string? Fault)
{
    /// <summary>As it came, for quarantine; bytes that are no UTF-8 become U+FFFD, and so does NUL.</summary>
    public string Text(int most = 20_000)
    {
        var raw = Encoding.UTF8.GetString(Json is { } json && Raw.IsEmpty ? JsonMarshal.GetRawUtf8Value(json) : Raw.Span);
        return Texts.Clean(raw.Length > most ? raw[..most] : raw);
    }
}

/// <summary>A body that cannot be read as a whole: 400, or 413 where it holds too many items.</summary>
sealed record BodyFault(int Status, string Detail);

/// <summary>Cuts a body into items: an object, an array, or one item a line.</summary>
static class FeedBody
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>Reads around an item that <see cref="Strict"/> does not take, so that the others of its array are not lost with it.</summary>
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 64, AllowDuplicateProperties = true };

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
                items.Add(Item(line));
            }
            if (items.Count == 0) return ([], new(400, "the body is empty: send one JSON object a line"));
            return items.TrueForAll(i => i.Json is null) ? ([], new(400, $"not one line of the body can be read; the first: {items[0].Fault} Send one JSON object a line.")) : (items, null);
        }
        if (Parse(body, Strict, out var fault) is { } strict) return Cut(strict, mostItems, item => new(item, default, null));
        if (Parse(body, Lenient, out _) is { } lenient) return Cut(lenient, mostItems, item => Item(Encoding.UTF8.GetBytes(item.GetRawText())));
        return ([], new(400, $"the body is not readable JSON: {fault} Send an object or an array of objects, or one object a line as application/x-ndjson."));
    }

    private static (List<FeedItem> Items, BodyFault? Fault) Cut(JsonElement whole, int mostItems, Func<JsonElement, FeedItem> read)
    {
        if (whole.ValueKind == JsonValueKind.Object) return ([read(whole)], null);
        if (whole.ValueKind != JsonValueKind.Array) return ([], new(400, $"the body is {Kind(whole)}: send an object or an array of objects"));
        return whole.GetArrayLength() > mostItems ? ([], TooMany(mostItems)) : ([.. whole.EnumerateArray().Select(read)], null);
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> json, JsonDocumentOptions options, out string? fault)
    {
        try
        {
            fault = null;
            return JsonDocument.Parse(json, options).RootElement;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            fault = e.Message;
            return null;
        }
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

    private static FeedItem Item(ReadOnlyMemory<byte> json) =>
        Parse(json, Strict, out var fault) is { } item ? new(item, json, null) : new(null, json, $"this item is not readable JSON: {fault}");

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
