using OpsMap.Data;

namespace OpsMap.Tests.Live;

/// <summary>Rows and their changes, written as features write them: in one transaction, through pending_changes.</summary>
static class GivenLive
{
    private static int _sources;

    /// <summary>A new incident of a street, seen by its street and by <paramref name="scopes"/>.</summary>
    public static Task<long> GivenIncident(this City city, (double Lon, double Lat)? at, string? street, string[]? scopes = null, string category = "manhole", string status = "reported", string? closedAgo = null) =>
        city.Db.QueryOneAsync("""
            WITH added AS (
                INSERT INTO incidents (feed_id, source_id, category, title, status, reported_at, received_at, moved_at, closed_at, geom, area_code, edition_id, responsibility, decision, scopes)
                VALUES (1, $1, $2, '测试', $3, now(), now(), now(), now() - $4::interval, ST_SetSRID(ST_MakePoint($5, $6), 4326), $7, 1, CASE WHEN $7::text IS NULL THEN 'none' ELSE 'sole' END, '{}', $8) RETURNING *),
            logged AS (INSERT INTO pending_changes (items) SELECT array_agg(change_of_incident(added, '{}')) FROM added)
            SELECT id FROM added
            """, r => r.GetInt64(0), CancellationToken.None, $"live-{Interlocked.Increment(ref _sources)}", category, status, Text(closedAgo), at?.Lon, at?.Lat, Text(street), scopes ?? [$"street:{street}"]);

    /// <summary>Changes one incident by the assignments of a SET clause.</summary>
    public static Task<int> Change(this City city, long incident, string set) => city.Db.ExecuteAsync($"""
        WITH before AS (SELECT id, scopes FROM incidents WHERE id = $1),
        moved AS (UPDATE incidents i SET version = version + 1, moved_at = now(), {set} WHERE i.id = $1 RETURNING i.*)
        INSERT INTO pending_changes (items) SELECT array_agg(change_of_incident(moved, before.scopes)) FROM moved JOIN before USING (id) HAVING count(*) > 0
        """, CancellationToken.None, incident);

    /// <summary>The newest fix of a unit.</summary>
    public static Task<int> GivenPosition(this City city, string unit, (double Lon, double Lat) at) => city.Db.ExecuteAsync("""
        INSERT INTO positions (unit_code, at, lon, lat) VALUES ($1, now(), $2, $3)
        ON CONFLICT (unit_code) DO UPDATE SET at = excluded.at, lon = excluded.lon, lat = excluded.lat, updated_at = clock_timestamp()
        """, CancellationToken.None, unit, at.Lon, at.Lat);

    private static Npgsql.NpgsqlParameter Text(string? value) => new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };
}
