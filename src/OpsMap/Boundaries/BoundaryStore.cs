using Npgsql;
using OpsMap.Data;
using OpsMap.Web;

namespace OpsMap.Boundaries;

/// <summary>Tables <c>edges</c>, <c>waters</c> and <c>banks</c>.</summary>
sealed class BoundaryStore(NpgsqlDataSource db)
{
    private const string Properties = """
        jsonb_build_object('id', e.id, 'left', e.left_code, 'left_name', l.name, 'right', e.right_code, 'right_name', r.name, 'kind', e.kind, 'length_m', round(e.length_m::numeric, 1),
            'district_line', r.id IS NULL OR l.parent_code IS DISTINCT FROM r.parent_code, 'level', e.level,
            'committees', (SELECT coalesce(jsonb_agg(c.id ORDER BY c.id), '[]') FROM committees c WHERE c.level = e.level
                AND EXISTS (SELECT FROM committee_areas a WHERE a.committee_id = c.id AND a.area_code = e.left_code)
                AND EXISTS (SELECT FROM committee_areas a WHERE a.committee_id = c.id AND a.area_code = e.right_code)),
            'legal_status', d.legal_status, 'edition', d.name, 'source', d.source)
        """;

    private const string From = """
        FROM edges e JOIN editions d ON d.id = e.edition_id
        LEFT JOIN areas l ON l.edition_id = e.edition_id AND l.level = e.level AND l.code = e.left_code
        LEFT JOIN areas r ON r.edition_id = e.edition_id AND r.level = e.level AND r.code = e.right_code
        WHERE e.edition_id = $1 AND e.level = $2 AND ($3::text IS NULL OR e.left_code = $3 OR e.right_code = $3)
        """;

    /// <summary>The edges of a level, or those of one area, with their lines.</summary>
    public async Task<IEnumerable<Feature>> FeaturesAsync(long edition, string level, string? area, CancellationToken ct) => await db.QueryAsync(
        $"SELECT e.id, ({Properties})::text, ST_AsGeoJSON(e.geom, 6) {From} ORDER BY e.id LIMIT 100000",
        r => new Feature(r.GetInt64(0), r.GetString(1), r.GetString(2)), ct, edition, level, Sql.Text(area));

    /// <summary>The same without lines, a page at a time.</summary>
    public async Task<Page<RawJson>> ListAsync(long edition, string level, string? area, long? after, int limit, CancellationToken ct)
    {
        var rows = await db.QueryAsync($"SELECT e.id, ({Properties})::text {From} AND e.id > $4 ORDER BY e.id LIMIT $5",
            r => (Id: r.GetInt64(0), Item: new RawJson(r.GetString(1))), ct, edition, level, Sql.Text(area), after ?? 0, limit + 1);
        var total = await db.QueryOneAsync($"SELECT count(*) {From}", r => r.GetInt64(0), ct, edition, level, Sql.Text(area));
        return Page<(long Id, RawJson Item)>.Of(rows, limit, total, r => r.Id).Select(r => r.Item);
    }

    /// <summary>Rivers and lakes as areas, and each bank as a line of its own.</summary>
    public async Task<IEnumerable<Feature>> WatersAsync(string legalStatus, string edition, string source, CancellationToken ct) => await db.QueryAsync("""
        SELECT id, (p || jsonb_build_object('legal_status', $1, 'edition', $2, 'source', $3))::text, ST_AsGeoJSON(geom, 6) FROM (
            SELECT w.id, 0 AS turn, jsonb_build_object('code', w.code, 'name', w.name, 'kind', w.kind) AS p, w.geom::geometry AS geom FROM waters w
            UNION ALL
            SELECT b.id, 1, jsonb_build_object('code', w.code, 'name', w.name, 'kind', 'bank', 'side', b.side), b.geom FROM banks b JOIN waters w ON w.code = b.water_code) x
        ORDER BY turn, id LIMIT 100000
        """, r => new Feature(r.GetInt64(0), r.GetString(1), r.GetString(2)), ct, Sql.Text(legalStatus), Sql.Text(edition), Sql.Text(source));
}
