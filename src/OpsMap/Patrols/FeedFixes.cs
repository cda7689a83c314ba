using OpsMap.Feeds;

namespace OpsMap.Patrols;

/// <summary>The fixes of one body: parse each, store those that are new, and say what became of every one.</summary>
sealed class FeedFixes(FixStore store, TimeProvider clock)
{
    /// <summary>Days are kept from eight back to two ahead; a phone that was offline longer has nothing to tell.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(7), Ahead = TimeSpan.FromMinutes(5);
    private static readonly string[] Fields = ["unit", "at", "lon", "lat", "datum", "accuracy_m", "speed_mps", "heading_deg"];

    /// <summary>What became of each fix; its id is that of the unit's position.</summary>
    public async Task<Tally> TakeAsync(long feedId, IReadOnlyList<FeedItem> items, CancellationToken ct)
    {
        var tally = new Tally(items);
        var now = clock.GetUtcNow();
        var read = new List<Fix>(items.Count);
        for (var index = 0; index < items.Count; index++)
        {
            var (fix, unit, refused) = Read(index, items[index], now);
            if (fix is not null) read.Add(fix);
            else if (refused is not null) tally.Reject(index, unit, refused);
        }
        if (read.Count == 0) return tally;
        var known = await store.KnownAsync([.. read.Select(f => f.Unit).Distinct()], ct);
        foreach (var stranger in read.Where(f => !known.Contains(f.Unit)))
            tally.Reject(stranger.Index, stranger.Unit, new("unknown_unit", $"unit '{stranger.Unit}' is unknown: send a code of /api/units"));
        read.RemoveAll(f => !known.Contains(f.Unit));
        if (read.Count == 0) return tally;
        var (positions, fresh) = await store.StoreAsync(feedId, read, ct);
        var stored = fresh.Count < read.Count ? await store.StoredAsync(read, ct) : [];
        foreach (var fix in read)
        {
            var (id, first) = (positions.GetValueOrDefault(fix.Unit), stored.GetValueOrDefault((fix.Unit, fix.At), (fix.Lon, fix.Lat)));
            if (first != (fix.Lon, fix.Lat)) tally.Reject(fix.Index, fix.Unit, new("conflict", $"unit '{fix.Unit}' was elsewhere at that instant by an earlier fix, which is kept: send each instant once"));
            else if (fresh.Remove((fix.Unit, fix.At))) tally.Accept(fix.Index, id);
            else tally.Repeat(fix.Index, id);
        }
        return tally;
    }

    private static (Fix? Fix, string? Unit, Refusal? Refused) Read(int index, FeedItem sent, DateTimeOffset now)
    {
        if (sent.Json is not { } json) return (null, null, new("bad_json", sent.Fault ?? "not readable JSON"));
        if (json.ValueKind != System.Text.Json.JsonValueKind.Object) return (null, null, new("bad_json", $"the item is {FeedBody.Kind(json)}: send an object"));
        var item = new ItemReader(json);
        var unit = item.Text("unit", 200);
        if (item.Refused is null && string.IsNullOrWhiteSpace(unit)) item.Refuse("unknown_unit", "unit is missing: send a code of /api/units");
        item.KnowsOnly(Fields);
        var at = item.Time("at", now - Oldest, now + Ahead);
        if (at is null) item.Refuse("bad_time", "at is missing: send when the unit was there, such as 2026-11-20T08:00:00+08:00");
        var place = item.Place();
        if (place is null) item.Refuse("bad_coordinate", "lon and lat are missing: send where the unit was");
        var (accuracy, speed, heading) = (item.Number("accuracy_m", 0, 1_000_000), item.Number("speed_mps", 0, 1000), item.Number("heading_deg", 0, 360));
        if (item.Refused is { } refused || unit is null || at is not { } then || place is null) return (null, unit, item.Refused);
        return (new(index, unit, Microseconds(then), place.Lon, place.Lat, (float?)accuracy, (float?)speed, (float?)heading), unit, null);
    }

    /// <summary>What the database keeps of an instant; a tenth of a microsecond would make a stored fix look new.</summary>
    private static DateTimeOffset Microseconds(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
