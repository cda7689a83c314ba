using System.Collections.Concurrent;
using Npgsql;
using OpsMap.Data;
using OpsMap.Web;

namespace OpsMap.Feeds;

/// <summary>Tables <c>feeds</c> and <c>quarantine</c>.</summary>
sealed class FeedStore(NpgsqlDataSource db)
{
    private const string Columns = "id, code, name, kind, last_at, accepted, duplicates, rejected";
    private readonly ConcurrentDictionary<string, long> _ids = new(StringComparer.Ordinal);

    private static Feed Read(NpgsqlDataReader r) => new(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.Nullable<DateTimeOffset>(4), r.GetInt64(5), r.GetInt64(6), r.GetInt64(7));

    /// <summary>The id behind a feed's code; null when there is none. A feed is never renamed or deleted, so what is known stays known.</summary>
    public async ValueTask<long?> IdAsync(string code, CancellationToken ct)
    {
        if (_ids.TryGetValue(code, out var known)) return known;
        if ((await db.QueryAsync("SELECT id FROM feeds WHERE code = $1", r => r.GetInt64(0), ct, code)) is not [var id]) return null;
        return _ids[code] = id;
    }

    public Task<List<Feed>> ListAsync(CancellationToken ct) => db.QueryAsync($"SELECT {Columns} FROM feeds ORDER BY id LIMIT 1000", Read, ct);

    /// <summary>Keeps what could not be taken, as it came.</summary>
    public Task QuarantineAsync(long feedId, IReadOnlyList<(Rejection Rejection, string Body)> kept, CancellationToken ct) => kept.Count == 0 ? Task.CompletedTask : db.ExecuteAsync("""
        INSERT INTO quarantine (feed_id, item_index, source_id, reason, detail, body) SELECT $1, * FROM unnest($2, $3, $4, $5, $6)
        """, ct, feedId, Column(kept, k => k.Rejection.Index), Column(kept, k => k.Rejection.SourceId), Column(kept, k => k.Rejection.Reason), Column(kept, k => k.Rejection.Detail), Column(kept, k => k.Body));

    /// <summary>The newest rejects of a feed, older than the cursor.</summary>
    public async Task<Page<Reject>> RejectsAsync(long feedId, long? before, int limit, CancellationToken ct)
    {
        var rows = await db.QueryAsync("""
            SELECT id, received_at, item_index, source_id, reason, detail, body FROM quarantine WHERE feed_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3
            """, r => new Reject(r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1), r.GetInt32(2), r.Text(3), r.GetString(4), r.GetString(5), r.GetString(6)), ct,
            feedId, before ?? long.MaxValue, limit + 1);
        var total = await db.QueryOneAsync("SELECT count(*) FROM quarantine WHERE feed_id = $1", r => r.GetInt64(0), ct, feedId);
        return Page<Reject>.Of(rows, limit, total, r => r.Id);
    }

    /// <summary>Adds to the counters and logs one change for each feed; one statement, one transaction.</summary>
    public Task CountAsync(IReadOnlyCollection<(long Feed, Counts Counts)> sums, CancellationToken ct) => db.ExecuteAsync("""
        WITH counted AS (
            UPDATE feeds f SET last_at = greatest(f.last_at, s.at), accepted = f.accepted + s.accepted, duplicates = f.duplicates + s.duplicates,
                rejected = f.rejected + s.rejected, version = f.version + 1
            FROM unnest($1, $2, $3, $4, $5) s (id, at, accepted, duplicates, rejected) WHERE f.id = s.id
            RETURNING f.*)
        INSERT INTO pending_changes (items) SELECT array_agg(change_of_feed(counted) ORDER BY id) FROM counted HAVING count(*) > 0
        """, ct, sums.Select(s => s.Feed).ToArray(), sums.Select(s => s.Counts.LastAt).ToArray(), sums.Select(s => s.Counts.Accepted).ToArray(),
        sums.Select(s => s.Counts.Duplicates).ToArray(), sums.Select(s => s.Counts.Rejected).ToArray());

    private static TOut[] Column<TIn, TOut>(IReadOnlyList<TIn> rows, Func<TIn, TOut> of) => [.. rows.Select(of)];
}
