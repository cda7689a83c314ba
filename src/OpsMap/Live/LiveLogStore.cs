using Npgsql;
using OpsMap.Data;

namespace OpsMap.Live;

/// <summary>Tables <c>log_head</c> and <c>changes</c>, view <c>live_picture</c>, for the tail. Runs on the tail's own connection, which is never the pool's last.</summary>
static class LiveLogStore
{
    /// <summary>How many changes one reading takes.</summary>
    public const int Page = 500;

    private const int HeadTimeoutSeconds = 5;

    /// <summary>The question where the log stands, to be asked again and again on one connection: one row, so cheap that a hundred times a second is nothing.</summary>
    public static NpgsqlCommand HeadCommand(NpgsqlConnection connection) => new("SELECT epoch, n, clock_timestamp() FROM log_head", connection) { CommandTimeout = HeadTimeoutSeconds };

    /// <inheritdoc cref="HeadCommand"/>
    public static async Task<LogHead> HeadAsync(NpgsqlCommand asked, CancellationToken ct)
    {
        await using var r = await asked.ExecuteReaderAsync(ct);
        return await r.ReadAsync(ct) ? new LogHead(r.GetGuid(0), r.GetInt64(1), r.GetFieldValue<DateTimeOffset>(2)) : throw new InvalidOperationException("log_head is empty");
    }

    /// <summary>The next changes after a number, in their order.</summary>
    public static Task<List<LiveEntry>> AfterAsync(NpgsqlConnection connection, long seq, CancellationToken ct) =>
        connection.QueryAsync($"SELECT {Columns} FROM changes WHERE seq > $1 ORDER BY seq LIMIT {Page}", Read, ct, seq);

    /// <summary>Picture, head and the last changes as of one instant: a REPEATABLE READ transaction that reads only.</summary>
    public static async Task<(LogHead Head, List<LiveItem> Items, List<LiveEntry> Recent)> LoadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await connection.ExecuteAsync("SELECT publish_editions()", ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        await connection.ExecuteAsync("SET LOCAL statement_timeout = '120s'", ct);
        await using var asked = HeadCommand(connection);
        var head = await HeadAsync(asked, ct);
        var items = await connection.QueryAsync("SELECT topic, id, version, scopes, lon, lat, body::text FROM live_picture", r => LiveItem.Read(
            LiveJson.TopicOf(r.GetString(0)) ?? throw new InvalidOperationException($"live_picture holds the unknown topic {r.GetString(0)}"),
            r.GetInt64(1), r.GetInt32(2), r.GetFieldValue<string[]>(3), r.Nullable<double>(4), r.Nullable<double>(5), r.GetString(6)), ct);
        var recent = await connection.QueryAsync($"SELECT {Columns} FROM changes WHERE seq > $1 ORDER BY seq", r => ReadOld(r), ct, head.N - LivePicture.RingSize);
        await transaction.CommitAsync(ct);
        return (head, items, Dense(recent, head.N));
    }

    private const string Columns = "seq, topic, op, id, version, scopes_before, scopes_after, lon, lat, body::text";

    private static LiveEntry Read(NpgsqlDataReader r)
    {
        var (seq, topic, id) = (r.GetInt64(0), LiveJson.TopicOf(r.GetString(1)), r.GetInt64(3));
        var after = topic is { } known && r.GetString(2) == "put"
            ? LiveItem.Read(known, id, r.GetInt32(4), r.GetFieldValue<string[]>(6), r.Nullable<double>(7), r.Nullable<double>(8), r.Text(9) ?? "{}") : null;
        return new LiveEntry(seq, topic, id, Before: null, after);
    }

    private static LiveEntry ReadOld(NpgsqlDataReader r) => Read(r) with { ScopesBefore = r.GetFieldValue<string[]>(5) };

    // What retention or a restore left is useful from the last hole on.
    private static List<LiveEntry> Dense(List<LiveEntry> recent, long n)
    {
        var first = recent.Count;
        while (first > 0 && recent[first - 1].Seq == n - (recent.Count - first)) first--;
        return recent[first..];
    }
}

/// <summary>The log's head and the database's time when it was read.</summary>
sealed record LogHead(Guid Epoch, long N, DateTimeOffset At);
