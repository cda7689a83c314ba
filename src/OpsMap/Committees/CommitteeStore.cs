using Npgsql;
using OpsMap.Data;
using OpsMap.Web;

namespace OpsMap.Committees;

/// <summary>Tables <c>committees</c>, <c>committee_areas</c> and <c>committee_members</c>. Names of areas are those of the edition in force.</summary>
sealed class CommitteeStore(NpgsqlDataSource db)
{
    private const string Item = """
        jsonb_build_object('id', c.id, 'name', c.name, 'kind', c.kind, 'level', c.level, 'example', c.example, 'constitution', c.constitution,
            'areas', (SELECT coalesce(jsonb_agg(jsonb_build_object('code', m.area_code, 'name', a.name, 'parent_name', p.name, 'lead', m.lead) ORDER BY m.lead DESC, m.area_code), '[]')
                FROM committee_areas m LEFT JOIN areas a ON a.edition_id = $1 AND a.level = c.level AND a.code = m.area_code
                LEFT JOIN areas p ON p.edition_id = $1 AND p.code = a.parent_code WHERE m.committee_id = c.id),
            'member_count', (SELECT count(*) FROM committee_members m WHERE m.committee_id = c.id))
        """;

    private const string Members = """
        jsonb_build_object('members', (SELECT coalesce(jsonb_agg(jsonb_build_object('class', m.class, 'name', m.name) ORDER BY m.id), '[]') FROM committee_members m WHERE m.committee_id = c.id))
        """;

    /// <summary>A page of committees, by id.</summary>
    public async Task<Page<RawJson>> ListAsync(long? edition, string? street, long? after, int limit, CancellationToken ct)
    {
        const string where = "($2::text IS NULL OR EXISTS (SELECT FROM committee_areas m WHERE m.committee_id = c.id AND m.area_code = $2))";
        var rows = await db.QueryAsync($"SELECT c.id, ({Item})::text FROM committees c WHERE c.id > $3 AND {where} ORDER BY c.id LIMIT $4",
            r => (Id: r.GetInt64(0), Item: new RawJson(r.GetString(1))), ct, edition ?? 0, Sql.Text(street), after ?? 0, limit + 1);
        var total = await db.QueryOneAsync($"SELECT count(*) FROM committees c WHERE $1::bigint IS NOT NULL AND {where}", r => r.GetInt64(0), ct, edition ?? 0, Sql.Text(street));
        return Page<(long Id, RawJson Item)>.Of(rows, limit, total, r => r.Id).Select(r => r.Item);
    }

    /// <summary>One committee with its members; null when there is none.</summary>
    public async Task<RawJson?> FindAsync(long id, long? edition, CancellationToken ct) =>
        (await db.QueryAsync($"SELECT ({Item} || {Members})::text FROM committees c WHERE c.id = $2", r => new RawJson(r.GetString(0)), ct, edition ?? 0, id)) is [var one] ? one : null;

    /// <summary>Each committee with its areas joined to one.</summary>
    public async Task<IEnumerable<Feature>> FeaturesAsync(long edition, CancellationToken ct) => await db.QueryAsync($"""
        SELECT c.id, ({Item} || jsonb_build_object('edition', e.name, 'legal_status', e.legal_status, 'source', e.source))::text, ST_AsGeoJSON(g.geom, 6)
        FROM committees c JOIN editions e ON e.id = $1
        JOIN LATERAL (SELECT ST_Multi(ST_Union(a.geom)) AS geom FROM committee_areas m JOIN areas a ON a.edition_id = $1 AND a.level = c.level AND a.code = m.area_code WHERE m.committee_id = c.id) g
            ON g.geom IS NOT NULL
        ORDER BY c.id LIMIT 10000
        """, r => new Feature(r.GetInt64(0), r.GetString(1), r.GetString(2)), ct, edition);

    /// <summary>Changes whenever a committee does: layers that show committees follow from it.</summary>
    public async Task<string> VersionAsync(CancellationToken ct) =>
        await db.QueryOneAsync("SELECT count(*) || '.' || coalesce(sum(version), 0) || '.' || coalesce(max(id), 0) FROM committees", r => r.GetString(0), ct) ?? "";
}
