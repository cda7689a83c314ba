using Npgsql;
using OpsMap.Data;

namespace OpsMap.Areas;

/// <summary>Table <c>settings</c> and what follows from the edition in force.</summary>
sealed class CityStore(NpgsqlDataSource db)
{
    public async Task<bool> IsDemoAsync(CancellationToken ct) =>
        await db.QueryOneAsync("SELECT coalesce((SELECT value = 'true' FROM settings WHERE key = 'city.demo'), false)", r => r.GetBoolean(0), ct);

    public async Task<CityFacts> ReadAsync(DateTimeOffset now, CancellationToken ct)
    {
        var row = await db.QueryOneAsync("""
            SELECT coalesce((SELECT value #>> '{}' FROM settings WHERE key = 'city.name'), ''), coalesce((SELECT value = 'true' FROM settings WHERE key = 'city.demo'), false),
                   (SELECT value #>> '{}' FROM settings WHERE key = 'map.approval_no'),
                   e.id, e.name, e.legal_status, e.valid_from, e.source, ST_XMin(b.box), ST_YMin(b.box), ST_XMax(b.box), ST_YMax(b.box)
            FROM (SELECT edition_at('street', $1) AS id) f
            LEFT JOIN editions e ON e.id = f.id
            LEFT JOIN LATERAL (SELECT ST_Extent(a.geom) AS box FROM areas a WHERE a.edition_id = e.id AND a.level = 'street') b ON true
            """,
            r => (Name: r.GetString(0), Demo: r.GetBoolean(1), Approval: r.Text(2),
                Edition: r.IsDBNull(3) ? null : new CityEdition(r.GetInt64(3), r.GetString(4), r.GetString(5), r.GetFieldValue<DateTimeOffset>(6), r.GetString(7)),
                Box: r.IsDBNull(8) ? null : new[] { r.GetDouble(8), r.GetDouble(9), r.GetDouble(10), r.GetDouble(11) }), ct, now);
        return new(row.Name, row.Demo, row.Demo ? Notices.Demo : null, Notices.Legal, row.Box, row.Edition, row.Approval, row.Edition is null);
    }
}
