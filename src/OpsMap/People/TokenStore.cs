using Npgsql;
using OpsMap.Audit;
using OpsMap.Data;

namespace OpsMap.People;

/// <summary>A token as its owner's list shows it; the token itself is shown once, when it is made.</summary>
sealed record Token(long Id, string Prefix, string Name, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt);

/// <summary>Table <c>tokens</c>: what people give to QGIS and scripts to read with. They read as their owner does.</summary>
sealed class TokenStore(NpgsqlDataSource db, CallerStore callers)
{
    /// <summary>Live tokens of one account.</summary>
    public const int Most = 50;

    private const string Columns = "id, prefix, name, created_at, used_at";

    private static Token Read(NpgsqlDataReader r) => new(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3), r.Nullable<DateTimeOffset>(4));

    public Task<List<Token>> ListAsync(long userId, CancellationToken ct) =>
        db.QueryAsync($"SELECT {Columns} FROM tokens WHERE user_id = $1 AND revoked_at IS NULL ORDER BY id LIMIT {Most}", Read, ct, userId);

    /// <summary>Makes a token for the account; null when it has <see cref="Most"/> already.</summary>
    public async Task<(Token Token, string Secret)?> AddAsync(long userId, string name, Caller by, CancellationToken ct)
    {
        var secret = Secrets.New(Secrets.TokenPrefix);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync("SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE", ct, userId); // so that the limit holds for two at once
        var token = (await connection.QueryAsync($"""
            INSERT INTO tokens (user_id, hash, prefix, name)
            SELECT $1, $2, $3, $4 WHERE (SELECT count(*) FROM tokens WHERE user_id = $1 AND revoked_at IS NULL) < {Most}
            RETURNING {Columns}
            """, Read, ct, userId, Secrets.Hash(secret), Secrets.Shown(secret), name)).FirstOrDefault();
        if (token is null) return null;
        await AuditLog.WriteAsync(connection, AuditRow.Of(by, "tokens.add", $"tokens:{token.Id}", new { userId, token.Prefix }), ct);
        await transaction.CommitAsync(ct);
        return (token, secret);
    }

    /// <summary>Revokes a token of the account; false when it has none such.</summary>
    public async Task<bool> RevokeAsync(long userId, long id, Caller by, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ExecuteAsync("UPDATE tokens SET revoked_at = now() WHERE id = $2 AND user_id = $1 AND revoked_at IS NULL", ct, userId, id) == 0) return false;
        await AuditLog.WriteAsync(connection, AuditRow.Of(by, "tokens.revoke", $"tokens:{id}"), ct);
        await transaction.CommitAsync(ct);
        callers.ForgetAll();
        return true;
    }
}
