using Npgsql;
using OpsMap.Data;

namespace OpsMap.Incidents;

/// <summary>A place and who is near it.</summary>
sealed record Surroundings(EditionName? Edition, IReadOnlyList<Candidate[]> Near, IReadOnlyCollection<CommitteeReach> Committees);

/// <summary>Tables <c>areas</c>, <c>outlines</c> and <c>committees</c>, as far as responsibility asks them. Metres are geography's.</summary>
sealed class ResponsibilityStore(NpgsqlDataSource db)
{
    /// <summary>The candidates of each point (null: it has none), by the edition in force at an instant.</summary>
    public async Task<Surroundings> AroundAsync(IReadOnlyList<(double Lon, double Lat)?> points, string level, DateTimeOffset at, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var edition = (await connection.QueryAsync("SELECT e.id, e.name, e.legal_status FROM editions e WHERE e.id = edition_at($1, $2)",
            r => new EditionName(r.GetInt64(0), r.GetString(1), r.GetString(2)), ct, level, at)).FirstOrDefault();
        var near = new List<Candidate>[points.Count];
        for (var i = 0; i < near.Length; i++) near[i] = [];
        int[] located = [.. Enumerable.Range(0, points.Count).Where(i => points[i] is not null)];
        if (edition is null || located.Length == 0) return new(edition, [.. near.Select(n => n.ToArray())], []);

        var rows = await connection.QueryAsync("""
            WITH asked AS (SELECT i, ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS p FROM unnest($1::int[], $2::float8[], $3::float8[]) q (i, lon, lat)),
            inside AS (
                SELECT q.i, a.id, a.code, a.name FROM asked q JOIN areas a ON a.geom && q.p AND a.edition_id = $4 AND a.level = $5 AND ST_Covers(a.geom, q.p)),
            beside AS (
                SELECT q.i, o.area_id AS id, min(d.m) AS m
                FROM asked q
                JOIN outlines o ON o.geom && ST_Expand(q.p, $6 / (110500 * greatest(0.01, cosd(least(89, abs(ST_Y(q.p)))))), $6 / 110500) AND o.edition_id = $4 AND o.level = $5
                CROSS JOIN LATERAL (SELECT ST_Distance(o.geom::geography, q.p::geography) AS m) d
                WHERE d.m <= $6 AND NOT EXISTS (SELECT FROM inside n WHERE n.i = q.i AND n.id = o.area_id)
                GROUP BY q.i, o.area_id)
            SELECT i, code, name, 0::float8, true FROM inside
            UNION ALL
            SELECT b.i, a.code, a.name, b.m, false FROM beside b JOIN areas a ON a.id = b.id
            """,
            r => (Point: r.GetInt32(0), Candidate: new Candidate(r.GetString(1), r.GetString(2), r.GetDouble(3), r.GetBoolean(4))), ct,
            located, located.Select(i => points[i].GetValueOrDefault().Lon).ToArray(), located.Select(i => points[i].GetValueOrDefault().Lat).ToArray(),
            edition.Id, level, Responsibility.CorridorMeters);
        foreach (var (point, candidate) in rows) near[point].Add(candidate);
        string[] contested = [.. near.Where(n => n.Count > 1).SelectMany(n => n.Select(c => c.Code)).Distinct()];
        return new(edition, [.. near.Select(n => n.ToArray())], contested.Length == 0 ? [] : await CommitteesAsync(connection, level, contested, ct));
    }

    private static Task<List<CommitteeReach>> CommitteesAsync(NpgsqlConnection connection, string level, string[] codes, CancellationToken ct) => connection.QueryAsync("""
        SELECT c.id, c.name, array_agg(a.area_code ORDER BY a.area_code)
        FROM committees c JOIN committee_areas a ON a.committee_id = c.id AND a.area_code = ANY ($2)
        WHERE c.level = $1 GROUP BY c.id HAVING count(*) > 1 ORDER BY c.id LIMIT 10000
        """, r => new CommitteeReach(r.GetInt64(0), r.GetString(1), r.GetFieldValue<string[]>(2)), ct, level, codes);
}
