using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using OpsMap.Web;

namespace OpsMap.Feeds;

/// <summary>What every POST of a feed passes, once its key has let it in: it is not too fast, and the body can be read.</summary>
sealed class FeedDoor(FeedStore feeds, FeedGate gate, FeedHealth health, IOptions<FeedOptions> options)
{
    private static readonly string[] LineTypes = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

    /// <summary>The feed's id and the items of the body, or the refusal to answer with.</summary>
    public async Task<(long Feed, List<FeedItem> Items, ProblemHttpResult? Refused)> OpenAsync(string feed, HttpContext http, CancellationToken ct)
    {
        if (await feeds.IdAsync(feed, ct) is not { } id) return Refuse(Problems.NotFound($"there is no feed '{feed}'"));
        if (gate.Wait(id) is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString("0", CultureInfo.InvariantCulture);
            return Refuse(Problems.Of(429, "Too fast", $"feed '{feed}' sends more than {options.Value.RequestsPerSecond} requests a second: gather several items in one request"));
        }
        if (http.Request.Headers.ContentEncoding.Count > 0) return Refuse(Problems.Bad($"Content-Encoding '{http.Request.Headers.ContentEncoding}' is not read: send the body as it is"));
        if (await BodyAsync(http, ct) is not { } body) return Refuse(Problems.TooLarge($"the body is larger than {options.Value.MostBytes} bytes: send it in parts"));
        var lines = Array.Exists(LineTypes, type => http.Request.ContentType?.StartsWith(type, StringComparison.OrdinalIgnoreCase) == true);
        var (items, fault) = FeedBody.Read(body, lines, options.Value.MostItems);
        return fault is null ? (id, items, null) : Refuse(Problems.Of(fault.Status, fault.Status == 413 ? "Too large" : "The request cannot be read", fault.Detail));
    }

    /// <summary>Keeps the rejects, counts, and gives the receipt.</summary>
    public async Task<Receipt> CloseAsync(long feed, Tally tally, CancellationToken ct)
    {
        var kept = tally.Kept();
        await feeds.QuarantineAsync(feed, kept, ct);
        health.Count(feed, tally.Accepted, tally.Duplicates, kept.Count);
        return tally.Receipt();
    }

    private static (long, List<FeedItem>, ProblemHttpResult?) Refuse(ProblemHttpResult problem) => (0, [], problem);

    /// <summary>The whole body; null when it is larger than allowed.</summary>
    private async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpContext http, CancellationToken ct)
    {
        var most = options.Value.MostBytes;
        // Kestrel's own limit lies higher, so that what follows a refusal is still drained and the sender can read the answer.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = most * 8L;
        if (http.Request.ContentLength > most) return null;
        var body = new ArrayBufferWriter<byte>((int)(http.Request.ContentLength ?? 4096) + 1);
        while (true)
        {
            var read = await http.Request.Body.ReadAsync(body.GetMemory(4096), ct);
            if (read == 0) return body.WrittenMemory;
            body.Advance(read);
            if (body.WrittenCount > most) return null;
        }
    }
}
