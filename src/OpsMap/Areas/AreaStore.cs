using Npgsql;
using OpsMap.Data;
using OpsMap.Web;

namespace OpsMap.Areas;

/// <summary>Tables <c>editions</c> and <c>areas</c>.</summary>
sealed class AreaStore(NpgsqlDataSource db)
{
    private const string EditionColumns = "e.id, e.name, e.state, e.valid_from, e.legal_status, e.source, e.created_at";

    private static Edition ReadEdition(NpgsqlDataReader r) =>
        new(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3), r.GetString(4), r.GetString(5), r.GetFieldValue<DateTimeOffset>(6));

    private static Area ReadArea(NpgsqlDataReader r) =>
        new(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.Text(4), r.GetString(5), [r.GetDouble(6), r.GetDouble(7)], r.GetInt64(8));

    /// <summary>The edition in force for a level at an instant; null when there was none.</summary>
    public Task<Edition?> InForceAsync(string level, DateTimeOffset at, CancellationToken ct) =>
        db.QueryOneAsync($"SELECT {EditionColumns} FROM editions e WHERE e.id = edition_at($1, $2)", ReadEdition, ct, level, at);

    public Task<Edition?> FindEditionAsync(long id, CancellationToken ct) => db.QueryOneAsync($"SELECT {EditionColumns} FROM editions e WHERE e.id = $1", ReadEdition, ct, id);

    /// <summary>All editions with their levels, newest first.</summary>
    public Task<List<(Edition Edition, string[] Levels)>> EditionsAsync(CancellationToken ct) => db.QueryAsync($"""
        SELECT {EditionColumns}, (SELECT coalesce(array_agg(DISTINCT a.level), '{"{}"}') FROM areas a WHERE a.edition_id = e.id) FROM editions e ORDER BY e.valid_from DESC, e.id DESC LIMIT 1000
        """, r => (ReadEdition(r), r.GetFieldValue<string[]>(7)), ct);

    /// <summary>The areas of a level, by code; the cursor is the id of the last of the page before.</summary>
    public async Task<Page<Area>> ListAsync(long edition, string level, long? after, int limit, CancellationToken ct)
    {
        var rows = await db.QueryAsync("""
            SELECT id, code, name, level, parent_code, kind, ST_X(label), ST_Y(label), edition_id FROM areas
            WHERE edition_id = $1 AND level = $2 AND ($3::bigint IS NULL OR (code, id) > (SELECT code, id FROM areas WHERE id = $3)) ORDER BY code, id LIMIT $4
            """, ReadArea, ct, edition, level, after, limit + 1);
        var total = await db.QueryOneAsync("SELECT count(*) FROM areas WHERE edition_id = $1 AND level = $2", r => r.GetInt64(0), ct, edition, level);
        return Page<Area>.Of(rows, limit, total, a => a.Id);
    }

    /// <summary>The areas of a level with their outlines, by code.</summary>
    public async Task<IEnumerable<Feature>> FeaturesAsync(long edition, string level, CancellationToken ct) => await db.QueryAsync("""
        SELECT a.id, jsonb_build_object('code', a.code, 'name', a.name, 'level', a.level, 'parent', a.parent_code, 'kind', a.kind,
                'parent_name', (SELECT p.name FROM areas p WHERE p.edition_id = a.edition_id AND p.code = a.parent_code ORDER BY p.level = a.level, p.id LIMIT 1),
                'label', jsonb_build_array(ST_X(a.label), ST_Y(a.label)), 'edition', e.name, 'legal_status', e.legal_status, 'source', e.source)::text,
            ST_AsGeoJSON(a.geom, 6)
        FROM areas a JOIN editions e ON e.id = a.edition_id WHERE a.edition_id = $1 AND a.level = $2 ORDER BY a.code, a.id LIMIT 100000
        """, r => new Feature(r.GetInt64(0), r.GetString(1), r.GetString(2)), ct, edition, level);
}
