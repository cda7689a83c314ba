using Npgsql;
using OpsMap.Audit;
using OpsMap.Data;

namespace OpsMap.People;

/// <summary>Table <c>users</c>. Every change writes its audit row in the same transaction; passwords are made here and shown once.</summary>
sealed class UserStore(NpgsqlDataSource db, CallerStore callers)
{
    private const string Columns = """
        u.id, u.name, u.display_name, u.role, u.area_code,
        (SELECT a.name FROM areas a WHERE a.edition_id = (SELECT edition_at('street', now())) AND a.level = 'street' AND a.code = u.area_code),
        u.unit_code, u.created_at, u.disabled_at, u.version
        """;

    private static User Read(NpgsqlDataReader r) => new(
        r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.Text(4), r.Text(5), r.Text(6), r.GetFieldValue<DateTimeOffset>(7), r.Nullable<DateTimeOffset>(8), r.GetInt32(9));

    /// <summary>The accounts after <paramref name="after"/> in the order in which they were made, one more than the limit where there are more, and how many there are in all.</summary>
    public async Task<(List<User> Items, long Total)> ListAsync(long after, int limit, CancellationToken ct)
    {
        var total = await db.QueryOneAsync("SELECT count(*) FROM users", r => r.GetInt64(0), ct);
        return (await db.QueryAsync($"SELECT {Columns} FROM users u WHERE u.id > $1 ORDER BY u.id LIMIT $2", Read, ct, after, limit + 1), total);
    }

    /// <summary>The account of this name, in any case; null when there is none.</summary>
    public Task<User?> FindAsync(string name, CancellationToken ct) => db.QueryOneAsync($"SELECT {Columns} FROM users u WHERE lower(u.name) = lower($1)", Read, ct, name);

    /// <summary>Makes an account with a password of the server's making.</summary>
    public async Task<Added> AddAsync(NewUser wanted, Caller by, CancellationToken ct)
    {
        if (wanted.Wrong() is { } wrong) return new Added(null, "", wrong);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var (area, unit) = (wanted.OfStreet ? wanted.Area : null, wanted.Unit);
        if (wanted.OfUnit && unit is null && wanted.Area is { } street) unit = await UnitOfAsync(connection, wanted.Role, street, ct);
        // On the command line a person may be made before it is known where they belong; until then they see nothing of any street.
        var placed = by != Caller.System || area is not null || unit is not null;
        if (wanted.OfStreet && placed && await MissingAreaAsync(connection, area, ct) is { } noArea) return new Added(null, "", noArea);
        if (wanted.OfUnit && placed && await MissingUnitAsync(connection, wanted, unit, ct) is { } noUnit) return new Added(null, "", noUnit);

        var password = Secrets.NewPassword();
        var added = (await connection.QueryAsync($"""
            WITH u AS (
                INSERT INTO users (name, display_name, role, area_code, unit_code, password_hash) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT DO NOTHING RETURNING *)
            SELECT {Columns} FROM u
            """, Read, ct, wanted.Name, wanted.DisplayName ?? "", wanted.Role, area, unit, Passwords.Hash(password))).FirstOrDefault();
        if (added is null) return new Added(null, "", $"name '{wanted.Name}' is taken: send another", Taken: true);
        await AuditLog.WriteAsync(connection, AuditRow.Of(by, "users.add", $"users:{added.Id}", new { added.Name, added.Role, added.AreaCode, added.UnitCode }), ct);
        await transaction.CommitAsync(ct);
        return new Added(added, password);
    }

    /// <summary>Gives the account a new password and ends all its sessions; null when there is no such account.</summary>
    public async Task<(User User, string Password)?> NewPasswordAsync(long id, Caller by, CancellationToken ct)
    {
        var password = Secrets.NewPassword();
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var user = await ChangeAsync(connection, id, "password_hash = $2", "users.password", by, ct, Passwords.Hash(password));
        await transaction.CommitAsync(ct);
        callers.ForgetAll();
        return user is null ? null : (user, password);
    }

    /// <summary>Lets the account sign in again; null when there is no such account.</summary>
    public async Task<User?> EnableAsync(long id, Caller by, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var user = await ChangeAsync(connection, id, "disabled_at = NULL", "users.enable", by, ct);
        await transaction.CommitAsync(ct);
        return user;
    }

    /// <summary>Ends all sessions of the account and refuses it from now on, its tokens too. Neither a user nor a refusal: there is no such account.</summary>
    public async Task<(User? User, string? Refused)> DisableAsync(long id, Caller by, CancellationToken ct)
    {
        if (id == by.UserId) return (null, "You cannot disable your own account: ask another administrator.");
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Locked, so that two administrators who disable each other at once do not both succeed.
        var admins = await connection.QueryAsync("SELECT id FROM users WHERE role = 'admin' AND disabled_at IS NULL ORDER BY id FOR UPDATE", r => r.GetInt64(0), ct);
        if (admins is [var last] && last == id) return (null, "This is the last administrator: enable or add another first.");
        var user = await ChangeAsync(connection, id, "disabled_at = coalesce(u.disabled_at, now())", "users.disable", by, ct);
        await transaction.CommitAsync(ct);
        callers.ForgetAll();
        return (user, null);
    }

    private static async Task<User?> ChangeAsync(NpgsqlConnection connection, long id, string change, string operation, Caller by, CancellationToken ct, params List<object?> values)
    {
        var user = (await connection.QueryAsync($"""
            WITH u AS (UPDATE users u SET {change}, version = version + 1 WHERE id = $1 RETURNING u.*)
            SELECT {Columns} FROM u
            """, Read, ct, [id, .. values])).FirstOrDefault();
        if (user is null) return null;
        await connection.ExecuteAsync("DELETE FROM sessions WHERE user_id = $1", ct, id);
        await AuditLog.WriteAsync(connection, AuditRow.Of(by, operation, $"users:{id}", new { user.Name }), ct);
        return user;
    }

    // The unit that a street stands for: its office for who responds, its first team for who patrols.
    private static async Task<string?> UnitOfAsync(NpgsqlConnection connection, string? role, string street, CancellationToken ct) => (await connection.QueryAsync(
        role == "responder"
            ? "SELECT code FROM departments WHERE level = 'street' AND area_code = $1 ORDER BY code LIMIT 1"
            : "SELECT code FROM units WHERE street_code = $1 ORDER BY code LIMIT 1",
        r => r.GetString(0), ct, street)).FirstOrDefault();

    // A city that has no streets yet may have its people already.
    private static async Task<string?> MissingAreaAsync(NpgsqlConnection connection, string? area, CancellationToken ct)
    {
        const string streets = "SELECT 1 FROM areas a JOIN editions e ON e.id = a.edition_id WHERE a.level = 'street' AND e.state = 'in_force'";
        if (area is null) return await AnyAsync(connection, streets, ct) ? "area is missing: send the code of the street whose people these are" : null;
        return await AnyAsync(connection, streets + " AND a.code = $1", ct, area) ? null : $"area '{area}' is not a street of any edition: send the code of one that GET /api/areas?level=street lists";
    }

    private static async Task<string?> MissingUnitAsync(NpgsqlConnection connection, NewUser wanted, string? unit, CancellationToken ct)
    {
        const string units = "SELECT 1 FROM (SELECT code FROM departments UNION ALL SELECT code FROM units) u";
        if (unit is not null) return await AnyAsync(connection, units + " WHERE code = $1", ct, unit) ? null : $"unit '{unit}' is unknown: send the code of one that GET /api/departments lists, or of a unit";
        if (wanted.Area is { } area && await AnyAsync(connection, units, ct)) return $"area '{area}' has no unit for the role {wanted.Role}: send unit instead";
        return await AnyAsync(connection, units, ct) ? $"unit is missing: send the code of the unit or department that the {wanted.Role} belongs to, or area, its street" : null;
    }

    private static async Task<bool> AnyAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params List<object?> values) =>
        (await connection.QueryAsync($"SELECT EXISTS ({sql})", r => r.GetBoolean(0), ct, values))[0];
}
