using Npgsql;
using OpsMap.Audit;
using OpsMap.Data;

namespace OpsMap.People;

/// <summary>Table <c>sessions</c>: who is signed in. It ends 8 hours after the last request and 12 hours after it began; a wall's screen stays until somebody signs it out.</summary>
sealed class Sessions(NpgsqlDataSource db, CallerStore callers, TimeProvider clock)
{
    public static readonly TimeSpan Idle = TimeSpan.FromHours(8), Longest = TimeSpan.FromHours(12);

    /// <summary>When a session ends if nothing more is heard of it.</summary>
    public static DateTimeOffset EndOf(string role, DateTimeOffset began, DateTimeOffset seen) =>
        role == "wall" ? DateTimeOffset.MaxValue : Min(began + Longest, seen + Idle);

    /// <summary>The account behind a name, for checking its password; null when there is none or it is disabled.</summary>
    public Task<Account?> AccountAsync(string name, CancellationToken ct) => db.QueryOneAsync(
        "SELECT id, name, role, password_hash FROM users WHERE lower(name) = lower($1) AND disabled_at IS NULL",
        r => new Account(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3)), ct, name);

    /// <summary>Begins a session and returns the cookie's value; ended sessions of the same account are swept out on the way.</summary>
    /// <returns>Null when the account's password changed or it was disabled since it was read.</returns>
    public async Task<string?> BeginAsync(Account account, string address, CancellationToken ct)
    {
        var (secret, now) = (Secrets.New(), clock.GetUtcNow());
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var begun = await connection.ExecuteAsync("""
            INSERT INTO sessions (hash, user_id, created_at, seen_at, address)
            SELECT $1, id, $4, $4, $5 FROM users WHERE id = $2 AND password_hash = $3 AND disabled_at IS NULL FOR SHARE
            """, ct, Secrets.Hash(secret), account.Id, account.PasswordHash, now, address);
        if (begun == 0) return null;
        if (account.Role != "wall") await connection.ExecuteAsync("DELETE FROM sessions WHERE user_id = $1 AND (created_at < $2 OR seen_at < $3)", ct, account.Id, now - Longest, now - Idle);
        await AuditLog.WriteAsync(connection, new AuditRow($"user:{account.Name}", account.Role, "session.begin") { Address = address }, ct);
        await transaction.CommitAsync(ct);
        return secret;
    }

    /// <summary>Ends the session that the caller showed: on this node at once, on others within seconds.</summary>
    public async Task EndAsync(Caller caller, CancellationToken ct)
    {
        if (caller.Via is not { Kind: CredentialKind.Session } shown) return;
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync("DELETE FROM sessions WHERE hash = $1", ct, shown.HashBytes);
        await AuditLog.WriteAsync(connection, AuditRow.Of(caller, "session.end"), ct);
        await transaction.CommitAsync(ct);
        callers.Forget(shown);
    }

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}

/// <summary>What signing in needs of a user.</summary>
sealed record Account(long Id, string Name, string Role, string PasswordHash);
