using Npgsql;
using OpsMap.Audit;
using OpsMap.Data;

namespace OpsMap.People;

/// <summary>A feed's key as lists show it; the key itself is shown once, when it is made.</summary>
sealed record FeedKey(long Id, string Prefix, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);

/// <summary>Table <c>feed_keys</c>: what outside systems send with. A feed may hold several at once, so that one can be replaced without a pause.</summary>
sealed class KeyStore(NpgsqlDataSource db, CallerStore callers)
{
    /// <summary>The keys by feed id, revoked ones too, the newest 1,000.</summary>
    public async Task<ILookup<long, FeedKey>> ListAsync(CancellationToken ct) => (await db.QueryAsync(
        "SELECT feed_id, id, prefix, created_at, revoked_at FROM feed_keys ORDER BY id DESC LIMIT 1000",
        r => (Feed: r.GetInt64(0), Key: new FeedKey(r.GetInt64(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3), r.Nullable<DateTimeOffset>(4))), ct)).ToLookup(k => k.Feed, k => k.Key);

    /// <summary>Makes a key for the feed of this code; null when there is no such feed.</summary>
    public async Task<string?> AddAsync(string feed, Caller by, CancellationToken ct)
    {
        var secret = Secrets.New(Secrets.KeyPrefix);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var ids = await connection.QueryAsync("INSERT INTO feed_keys (feed_id, hash, prefix) SELECT id, $2, $3 FROM feeds WHERE code = $1 RETURNING id", r => r.GetInt64(0), ct, feed, Secrets.Hash(secret), Secrets.Shown(secret));
        if (ids is not [var id]) return null;
        await AuditLog.WriteAsync(connection, AuditRow.Of(by, "keys.add", $"feeds:{feed}", new { id, prefix = Secrets.Shown(secret) }), ct);
        await transaction.CommitAsync(ct);
        return secret;
    }

    /// <summary>Whether a text may be a feed's code: it stands in addresses.</summary>
    public static bool IsFeedCode(string feed) => feed.Length is > 0 and <= 64 && feed.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') && feed[0] is not ('.' or '-');

    /// <summary>Makes the feed where it is missing; live maps learn of it. True when it is new.</summary>
    public async Task<bool> EnsureFeedAsync(string feed, CancellationToken ct) => await db.ExecuteAsync("""
        WITH made AS (INSERT INTO feeds (code, name, kind) VALUES ($1, $1, 'both') ON CONFLICT (code) DO NOTHING RETURNING *)
        INSERT INTO pending_changes (items) SELECT array_agg(change_of_feed(made.*)) FROM made HAVING count(*) > 0
        """, ct, feed) > 0;

    /// <summary>The codes of all feeds, those that only send positions last.</summary>
    public Task<List<string>> FeedsAsync(CancellationToken ct) => db.QueryAsync("SELECT code FROM feeds ORDER BY kind = 'positions', code LIMIT 1000", r => r.GetString(0), ct);

    /// <summary>Revokes a key of the feed; false when it has none such that still works.</summary>
    public async Task<bool> RevokeAsync(string feed, long id, Caller by, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ExecuteAsync("UPDATE feed_keys k SET revoked_at = now() FROM feeds f WHERE f.id = k.feed_id AND f.code = $1 AND k.id = $2 AND k.revoked_at IS NULL", ct, feed, id) == 0) return false;
        await AuditLog.WriteAsync(connection, AuditRow.Of(by, "keys.revoke", $"feeds:{feed}", new { id }), ct);
        await transaction.CommitAsync(ct);
        callers.ForgetAll();
        return true;
    }
}
