using System.Collections.Concurrent;
using Npgsql;
using OpsMap.Data;

namespace OpsMap.People;

/// <summary>From a secret's hash to the caller with the rights of now. Answers are remembered for 15 seconds, so that what another node ended stops here too.</summary>
sealed class CallerStore(NpgsqlDataSource db, TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(15), NotedEvery = TimeSpan.FromMinutes(1);
    private const int MostRemembered = 20_000;

    // Communities count for their street: a cross-community committee is a matter of the streets above it.
    private const string User = """
        u.id, u.name, u.display_name, u.role, u.area_code, u.unit_code, ARRAY(
            SELECT DISTINCT ca.committee_id FROM committee_areas ca
            LEFT JOIN areas a ON a.edition_id = (SELECT edition_at('community', now())) AND a.level = 'community' AND a.code = ca.area_code
            WHERE u.area_code IN (ca.area_code, a.parent_code) ORDER BY 1)
        """;

    private readonly ConcurrentDictionary<Credential, Known> _known = new();
    private long _forgotten;

    private sealed record Known(Caller Caller, DateTimeOffset ReadAt, DateTimeOffset BeganAt, DateTimeOffset UsedAt)
    {
        public DateTimeOffset EndsAt => Caller.Via?.Kind == CredentialKind.Session ? Sessions.EndOf(Caller.Role, BeganAt, UsedAt) : DateTimeOffset.MaxValue;
    }

    /// <summary>Who showed this secret and is acting now; null when it is unknown, ended, revoked, or its user disabled.</summary>
    public Task<Caller?> FindAsync(Credential shown, CancellationToken ct) => FindAsync(shown, acting: true, ct);

    /// <summary>The caller with the rights of now, or null when it may no longer: for streams, which outlive the request that opened them. Watching alone does not prolong a session.</summary>
    public async Task<Caller?> RefreshAsync(Caller caller, CancellationToken ct) =>
        caller.Via is { } shown && await FindAsync(shown, acting: false, ct) is { } present ? present with { Address = caller.Address } : null;

    private async Task<Caller?> FindAsync(Credential shown, bool acting, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(shown, out var known) && now - known.ReadAt < Remembered && (!acting || now - known.UsedAt < NotedEvery))
            return now < known.EndsAt ? known.Caller : null;

        var forgotten = Interlocked.Read(ref _forgotten);
        known = await ReadAsync(shown, now, ct);
        if (known is null || now >= known.EndsAt)
        {
            _known.TryRemove(shown, out _);
            return null;
        }
        if (acting && now - known.UsedAt >= NotedEvery)
        {
            await NoteUseAsync(shown, now, ct);
            known = known with { UsedAt = now };
        }
        if (_known.Count >= MostRemembered) _known.Clear();
        // Whoever was forgotten while we read may be the one we read: then the answer serves this request only.
        if (Interlocked.Read(ref _forgotten) == forgotten) _known[shown] = known;
        return known.Caller;
    }

    /// <summary>Forgets a secret that has just ended.</summary>
    public void Forget(Credential ended)
    {
        Interlocked.Increment(ref _forgotten);
        _known.TryRemove(ended, out _);
    }

    /// <summary>Forgets everything, after accounts, tokens or keys changed; the next request of each reads again.</summary>
    public void ForgetAll()
    {
        Interlocked.Increment(ref _forgotten);
        _known.Clear();
    }

    private Task<Known?> ReadAsync(Credential shown, DateTimeOffset now, CancellationToken ct) => shown.Kind switch
    {
        CredentialKind.Session => db.QueryOneAsync($"""
            SELECT {User}, s.created_at, s.seen_at FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.hash = $1 AND u.disabled_at IS NULL
            """, r => new Known(Person(r, shown), now, r.GetFieldValue<DateTimeOffset>(7), r.GetFieldValue<DateTimeOffset>(8)), ct, shown.HashBytes),
        CredentialKind.Token => db.QueryOneAsync($"""
            SELECT {User}, t.used_at FROM tokens t JOIN users u ON u.id = t.user_id WHERE t.hash = $1 AND t.revoked_at IS NULL AND u.disabled_at IS NULL
            """, r => new Known(Person(r, shown), now, now, r.Nullable<DateTimeOffset>(7) ?? DateTimeOffset.MinValue), ct, shown.HashBytes),
        _ => db.QueryOneAsync("""
            SELECT f.code FROM feed_keys k JOIN feeds f ON f.id = k.feed_id WHERE k.hash = $1 AND k.revoked_at IS NULL
            """, r => new Known(OfFeed(r.GetString(0), shown), now, now, UsedAt: DateTimeOffset.MaxValue), ct, shown.HashBytes),
    };

    private async Task NoteUseAsync(Credential shown, DateTimeOffset now, CancellationToken ct) => await (shown.Kind switch
    {
        CredentialKind.Session => db.ExecuteAsync("UPDATE sessions SET seen_at = $2 WHERE hash = $1 AND seen_at < $2", ct, shown.HashBytes, now),
        _ => db.ExecuteAsync("UPDATE tokens SET used_at = $2 WHERE hash = $1", ct, shown.HashBytes, now),
    });

    private static Caller Person(NpgsqlDataReader r, Credential shown)
    {
        var (id, role, area, unit) = (r.GetInt64(0), r.GetString(3), r.Text(4), r.Text(5));
        string[] scopes = ["all", $"user:{id}", .. area is null ? [] : new[] { $"street:{area}" }, .. unit is null ? [] : new[] { $"unit:{unit}" }];
        return new Caller(id, r.GetString(1), r.GetString(2), role, area is null ? [] : [area], unit, r.GetFieldValue<long[]>(6), scopes, Feed: null) { Via = shown };
    }

    private static Caller OfFeed(string code, Credential shown) => new(null, code, "", Rights.Feed, [], null, [], [], code) { Via = shown };
}
