using Npgsql;
using OpsMap.Data;

namespace OpsMap.Live;

/// <summary>The name of one unbroken numbering. Numbers of different epochs have nothing to do with each other.</summary>
/// <remarks>See docs/adr/0004-change-log.md. A cold copy of the same data folder put back in place looks like home: `restore` renews by hand.</remarks>
static class Epoch
{
    // The cluster, its timeline and the database: one of them differs after a dump was restored, a copy made, or a standby or a point in time recovered.
    private const string Here = "(SELECT concat_ws('/', c.system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8), d.oid) FROM pg_control_system() c, pg_database d WHERE d.datname = current_database())";

    /// <summary>Draws a new epoch where the present one was drawn for another home; true when it did.</summary>
    public static async Task<bool> ClaimAsync(NpgsqlConnection connection, CancellationToken ct) =>
        await connection.ExecuteAsync($"UPDATE log_head h SET epoch = gen_random_uuid(), home = p.home FROM (SELECT {Here} AS home) p WHERE h.home <> p.home", ct) > 0;

    /// <summary>Draws a new epoch in place of <paramref name="present"/>, once however many nodes ask: the numbering was seen to run backwards.</summary>
    public static Task RenewAsync(NpgsqlConnection connection, Guid present, CancellationToken ct) =>
        connection.ExecuteAsync("UPDATE log_head SET epoch = gen_random_uuid() WHERE epoch = $1", ct, present);
}
