using Npgsql;
using OpsMap.Data;

namespace OpsMap.Live;

/// <summary>What time alone does to the live picture and to the tables that grow. All by the database's clock; all safe to run twice and on several nodes.</summary>
sealed class UpkeepStore(NpgsqlDataSource db)
{
    private const int Batch = 500, ChangesBatch = 5000;
    private const string InSight = "interval '24 hours'", ChangesKept = "interval '7 days'", FixesKept = "interval '90 days'", RejectsKept = "interval '90 days'";

    /// <summary>Takes incidents that closed more than 24 hours ago out of the live picture, at most 500 in one transaction; how many there were.</summary>
    public Task<int> AgeIncidentsAsync(CancellationToken ct) => db.QueryOneAsync($"""
        WITH aged AS (
            SELECT id FROM incidents WHERE live AND closed_at < now() - {InSight} ORDER BY closed_at, id LIMIT {Batch} FOR UPDATE SKIP LOCKED),
        gone AS (
            UPDATE incidents i SET live = false, version = version + 1 FROM aged a WHERE i.id = a.id RETURNING i.*),
        logged AS (
            INSERT INTO pending_changes (items) SELECT array_agg(change_of_incident(gone, gone.scopes) ORDER BY gone.id) FROM gone HAVING count(*) > 0)
        SELECT count(*)::int FROM gone
        """, r => r.GetInt32(0), ct);

    /// <summary>Brings editions whose day has come into the live picture; how many changes that was.</summary>
    public Task<int> PublishEditionsAsync(CancellationToken ct) => db.QueryOneAsync("SELECT publish_editions()", r => r.GetInt32(0), ct);

    /// <summary>Deletes the oldest changes that are older than seven days, some thousands in one transaction; how many there were. Who asks for them is given a snapshot.</summary>
    public Task<int> ForgetChangesAsync(CancellationToken ct) =>
        db.ExecuteAsync($"DELETE FROM changes WHERE seq < (SELECT min(seq) + {ChangesBatch} FROM changes) AND at < now() - {ChangesKept}", ct);

    /// <summary>Deletes rejected items from quarantine after ninety days, some thousands in one transaction; how many there were. They may hold what their sender should not have sent.</summary>
    public Task<int> ForgetRejectsAsync(CancellationToken ct) =>
        db.ExecuteAsync($"DELETE FROM quarantine WHERE id IN (SELECT id FROM quarantine WHERE received_at < now() - {RejectsKept} ORDER BY id LIMIT {ChangesBatch})", ct);

    /// <summary>Makes the days of fixes from eight days back to two ahead and drops those older than ninety; how many that were.</summary>
    public Task<int> KeepFixPartitionsAsync(CancellationToken ct) => db.QueryOneAsync($"SELECT keep_fix_partitions(now(), {FixesKept})", r => r.GetInt32(0), ct);
}
