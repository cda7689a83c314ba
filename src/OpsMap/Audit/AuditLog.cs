using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using OpsMap.Data;
using OpsMap.People;
using OpsMap.Web;

namespace OpsMap.Audit;

/// <summary>One thing that somebody did or was refused. Never a password, key, token or cookie.</summary>
/// <param name="Actor">user:NAME, feed:CODE or system.</param>
/// <param name="Operation">An action, as users.disable, or a name of the rights table, as incidents.read: lower case with dots.</param>
sealed record AuditRow(string Actor, string Role, string Operation)
{
    /// <summary>What it was done to, as topic:id; empty when the actor is all there is to say.</summary>
    public string Subject { get; init; } = "";

    /// <summary>done or refused.</summary>
    public string Outcome { get; init; } = "done";

    /// <summary>What else a later reader needs, written as JSON; null for nothing.</summary>
    public object? Detail { get; init; }

    public string Address { get; init; } = "";

    public static AuditRow Of(Caller caller, string operation, string subject = "", object? detail = null) =>
        new(caller.Actor, caller.Role, operation) { Subject = subject, Detail = detail, Address = caller.Address };

    /// <summary>Somebody asked for what is not theirs: what they may not see, or may not do at all.</summary>
    public static AuditRow Refused(Caller caller, Operation operation, string subject) => Of(caller, Rights.NameOf(operation), subject) with { Outcome = "refused" };
}

/// <summary>What the record is narrowed by; null narrows nothing.</summary>
/// <param name="Actor">As a row has it, or the bare name of a user.</param>
/// <param name="Except">Operations left out: the many that hide the few.</param>
sealed record AuditQuery(string? Actor, string? Operation, string[]? Except, string? Outcome, DateTimeOffset? Since);

/// <summary>Table <c>audit</c>: rows are added, never changed.</summary>
sealed class AuditLog(NpgsqlDataSource db)
{
    private const string Columns = "id, at, actor, role, operation, subject, outcome, detail::text, address";

    private static AuditEntry Read(NpgsqlDataReader r) => new(r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetString(6),
        r.Text(7) is { } detail ? JsonElement.Parse(detail) : null, r.GetString(8));

    private const string Insert = "INSERT INTO audit (actor, role, operation, subject, outcome, detail, address) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    /// <summary>Writes a row of its own: for what changes nothing, such as a refusal.</summary>
    public Task AddAsync(AuditRow row, CancellationToken ct) => db.ExecuteAsync(Insert, ct, Parameters(row));

    /// <summary>Writes the row in the connection's open transaction, so that it stands if and only if the change does.</summary>
    public static Task WriteAsync(NpgsqlConnection connection, AuditRow row, CancellationToken ct) => connection.ExecuteAsync(Insert, ct, Parameters(row));

    /// <summary>The rows before <paramref name="before"/>, the newest first, one more than the limit where there are more; and how many there are in all. </summary>
    public async Task<(List<AuditEntry> Items, long Total)> ListAsync(AuditQuery q, long? before, int limit, CancellationToken ct)
    {
        const string narrowed = """
            FROM audit WHERE ($1::text[] IS NULL OR actor = ANY ($1)) AND ($2::text IS NULL OR operation = $2) AND ($3::text[] IS NULL OR operation <> ALL ($3))
              AND ($4::text IS NULL OR outcome = $4) AND ($5::timestamptz IS NULL OR at >= $5)
            """;
        // A person's name is no other actor's: those of feeds carry their kind, and "system" and "unknown" stand as they are.
        string[]? actors = q.Actor is null ? null : [q.Actor, $"user:{q.Actor}"];
        List<object?> filter = [Sql.TextArray(actors), q.Operation, Sql.TextArray(q.Except), q.Outcome, q.Since];
        var total = (await db.QueryAsync($"SELECT count(*) {narrowed}", r => r.GetInt64(0), ct, filter))[0];
        var items = await db.QueryAsync($"SELECT {Columns} {narrowed} AND ($6::bigint IS NULL OR id < $6) ORDER BY id DESC LIMIT $7", Read, ct, [.. filter, before, limit + 1]);
        return (items, total);
    }

    private static List<object?> Parameters(AuditRow row) =>
    [
        row.Actor, row.Role, row.Operation, row.Subject, row.Outcome,
        new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = row.Detail is null ? DBNull.Value : JsonSerializer.Serialize(row.Detail, Json.Options) }, row.Address,
    ];
}
