using Npgsql;
using OpsMap.Data;

namespace OpsMap.Patrols;

/// <summary>Tables <c>units</c>, <c>fixes</c> and <c>positions</c>.</summary>
sealed class FixStore(NpgsqlDataSource db)
{
    /// <summary>All units, by id.</summary>
    public Task<List<Unit>> UnitsAsync(CancellationToken ct) => db.QueryAsync("""
        WITH e AS MATERIALIZED (SELECT edition_at('street', now()) AS id)
        SELECT u.id, u.code, u.name, u.kind, u.street_code, (SELECT a.name FROM areas a WHERE a.edition_id = e.id AND a.level = 'street' AND a.code = u.street_code), u.department_code
        FROM units u, e ORDER BY u.id LIMIT 10000
        """, r => new Unit(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.Text(4), r.Text(5), r.Text(6)), ct);

    /// <summary>Those of the codes that are units.</summary>
    public async Task<HashSet<string>> KnownAsync(string[] codes, CancellationToken ct) =>
        [.. await db.QueryAsync("SELECT code FROM units WHERE code = ANY ($1)", r => r.GetString(0), ct, codes)];

    /// <summary>Stores the fixes that are new (one unit, one instant) and moves each unit to its latest; the ids of the units' positions, and which fixes were new.</summary>
    /// <remarks>Positions may be lost for the last moment of a crash: their transaction does not wait for the disk. Reports do.</remarks>
    public async Task<(Dictionary<string, long> Positions, HashSet<(string Unit, DateTimeOffset At)> Fresh)> StoreAsync(long feedId, IReadOnlyList<Fix> fixes, CancellationToken ct)
    {
        TOut[] Column<TOut>(Func<Fix, TOut> of) => [.. fixes.Select(of)];
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync("SET LOCAL synchronous_commit = off", ct);
        var fresh = await connection.QueryAsync("""
            INSERT INTO fixes (unit_code, at, lon, lat, accuracy_m, speed_mps, heading_deg, feed_id)
            SELECT unit, at, lon, lat, accuracy_m, speed_mps, heading_deg, $8 FROM unnest($1, $2, $3, $4, $5, $6, $7) f (unit, at, lon, lat, accuracy_m, speed_mps, heading_deg) ORDER BY unit, at
            ON CONFLICT (unit_code, at) DO NOTHING RETURNING unit_code, at
            """, r => (Unit: r.GetString(0), At: r.GetFieldValue<DateTimeOffset>(1)), ct,
            Column(f => f.Unit), Column(f => f.At), Column(f => f.Lon), Column(f => f.Lat), Column(f => f.AccuracyM), Column(f => f.SpeedMps), Column(f => f.HeadingDeg), feedId);
        var positions = await connection.QueryAsync("""
            WITH latest AS (
                SELECT DISTINCT ON (unit) * FROM unnest($1, $2, $3, $4, $5, $6, $7) f (unit, at, lon, lat, accuracy_m, speed_mps, heading_deg) ORDER BY unit, at DESC),
            moved AS (
                INSERT INTO positions (unit_code, at, lon, lat, accuracy_m, speed_mps, heading_deg) SELECT * FROM latest ORDER BY unit
                ON CONFLICT (unit_code) DO UPDATE SET at = excluded.at, lon = excluded.lon, lat = excluded.lat, accuracy_m = excluded.accuracy_m, speed_mps = excluded.speed_mps,
                    heading_deg = excluded.heading_deg, updated_at = clock_timestamp() WHERE positions.at < excluded.at
                RETURNING unit_code, unit_id)
            SELECT unit_code, unit_id FROM moved UNION SELECT unit_code, unit_id FROM positions WHERE unit_code IN (SELECT unit FROM latest)
            """, r => (Unit: r.GetString(0), Id: r.GetInt64(1)), ct,
            Column(f => f.Unit), Column(f => f.At), Column(f => f.Lon), Column(f => f.Lat), Column(f => f.AccuracyM), Column(f => f.SpeedMps), Column(f => f.HeadingDeg));
        await transaction.CommitAsync(ct);
        return (positions.ToDictionary(p => p.Unit, p => p.Id), [.. fresh]);
    }

    /// <summary>Where the units were at these instants, as stored.</summary>
    public async Task<Dictionary<(string Unit, DateTimeOffset At), (double Lon, double Lat)>> StoredAsync(IReadOnlyList<Fix> fixes, CancellationToken ct)
    {
        var rows = await db.QueryAsync("SELECT DISTINCT f.unit_code, f.at, f.lon, f.lat FROM unnest($1, $2) AS asked (unit, at) JOIN fixes f ON f.unit_code = asked.unit AND f.at = asked.at",
            r => (Key: (r.GetString(0), r.GetFieldValue<DateTimeOffset>(1)), Place: (r.GetDouble(2), r.GetDouble(3))), ct, fixes.Select(f => f.Unit).ToArray(), fixes.Select(f => f.At).ToArray());
        return rows.ToDictionary(r => r.Key, r => r.Place);
    }
}
