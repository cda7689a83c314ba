using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using OpsMap.Data;
using OpsMap.People;
using OpsMap.Web;

namespace OpsMap.Audit;

/// <summary>One thing that somebody did or was refused. Never a password, key, token or cookie.</summary>
/// <param name="Actor">user:NAME, feed:CODE or system.</param>
/// <param name="Operation">An action, as users.disable, or a name of the rights table.</param>
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

    /// <summary>Somebody asked for what is not theirs to see and was told that it does not exist.</summary>
    public static AuditRow Refused(Caller caller, Operation operation, string subject) => Of(caller, Rights.NameOf(operation), subject) with { Outcome = "refused" };
}

/// <summary>Table <c>audit</c>: rows are added, never changed.</summary>
sealed class AuditLog(NpgsqlDataSource db)
{
    private const string Insert = "INSERT INTO audit (actor, role, operation, subject, outcome, detail, address) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    /// <summary>Writes a row of its own: for what changes nothing, such as a refusal.</summary>
    public Task AddAsync(AuditRow row, CancellationToken ct) => db.ExecuteAsync(Insert, ct, Parameters(row));

    /// <summary>Writes the row in the connection's open transaction, so that it stands if and only if the change does.</summary>
    public static Task WriteAsync(NpgsqlConnection connection, AuditRow row, CancellationToken ct) => connection.ExecuteAsync(Insert, ct, Parameters(row));

    private static object?[] Parameters(AuditRow row) =>
    [
        row.Actor, row.Role, row.Operation, row.Subject, row.Outcome,
        new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = row.Detail is null ? DBNull.Value : JsonSerializer.Serialize(row.Detail, Json.Options) }, row.Address,
    ];
}
