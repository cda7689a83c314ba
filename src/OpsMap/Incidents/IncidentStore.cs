using System.Text.Json.Nodes;
using Npgsql;
using OpsMap.Data;
using OpsMap.People;
using OpsMap.Web;

namespace OpsMap.Incidents;

/// <summary>Table <c>incidents</c>, where it is read and moved. Times UTC; points EPSG:4326, degrees.</summary>
sealed class IncidentStore(NpgsqlDataSource db)
{
    private const string Where = """
        FROM incidents i
        WHERE ($1::text[] IS NULL OR i.scopes && $1)
          AND ($2::float8 IS NULL OR i.geom && ST_MakeEnvelope($2, $3, $4, $5, 4326) AND ST_X(i.geom) BETWEEN $2 AND $4 AND ST_Y(i.geom) BETWEEN $3 AND $5)
          AND ($6::text[] IS NULL OR i.status = ANY ($6))
          AND ($7::text[] IS NULL OR i.area_code = ANY ($7))
          AND ($8::bigint IS NULL OR EXISTS (
                SELECT FROM committees c JOIN committee_areas ca ON ca.committee_id = c.id
                WHERE c.id = $8 AND (c.level = 'street' AND ca.area_code = i.area_code OR c.level <> 'street' AND EXISTS (
                    SELECT FROM areas a WHERE a.edition_id = edition_at(c.level, now()) AND a.level = c.level AND a.code = ca.area_code AND ST_Covers(a.geom, i.geom)))))
          AND ($9::text[] IS NULL OR i.category = ANY ($9) OR 'unclassified' = ANY ($9) AND NOT EXISTS (SELECT FROM categories k WHERE k.code = i.category))
          AND ($10::timestamptz IS NULL OR i.reported_at >= $10)
        """;

    private const string Detail = """
        incident_item(i) || jsonb_build_object('description', i.description, 'address', i.address, 'datum', i.datum,
            'raw', CASE WHEN i.raw_lon IS NOT NULL THEN jsonb_build_object('lon', i.raw_lon, 'lat', i.raw_lat) END, 'accuracy_m', i.accuracy_m,
            'feed_name', (SELECT f.name FROM feeds f WHERE f.id = i.feed_id), 'received_at', utc_text(i.received_at), 'closed_at', utc_text(i.closed_at), 'decision', i.decision,
            'legal_status', (SELECT e.legal_status FROM editions e WHERE e.id = i.edition_id),
            'history', (SELECT coalesce(jsonb_agg(jsonb_build_object('at', utc_text(h.at), 'actor', h.actor, 'from', h.from_status, 'to', h.to_status,
                'unit', h.unit_code, 'reason', h.reason, 'note', h.note) ORDER BY h.id), '[]') FROM incident_events h WHERE h.incident_id = i.id))
        """;

    private static Incident Read(NpgsqlDataReader r) => new(r.GetInt64(0), r.GetString(1), r.GetInt32(2), r.GetFieldValue<string[]>(3), JsonNode.Parse(r.GetString(4)) as JsonObject ?? []);

    /// <summary>Live items, newest first.</summary>
    public async Task<Page<RawJson>> ListAsync(IncidentQuery q, CancellationToken ct)
    {
        List<object?> filter = [Sql.TextArray(q.Scopes), q.Box?.West, q.Box?.South, q.Box?.East, q.Box?.North, Sql.TextArray(q.Status), Sql.TextArray(q.Street), q.Committee, Sql.TextArray(q.Category), q.Since];
        await using var connection = await db.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync($"SELECT i.id, incident_item(i)::text {Where} AND i.id < $11 ORDER BY i.id DESC LIMIT $12",
            r => (Id: r.GetInt64(0), Item: new RawJson(r.GetString(1))), ct, [.. filter, q.Before ?? long.MaxValue, q.Limit + 1]);
        var total = q.Before is null && rows.Count <= q.Limit ? rows.Count : (await connection.QueryAsync($"SELECT count(*) {Where}", r => r.GetInt64(0), ct, filter))[0];
        return Page<(long Id, RawJson Item)>.Of(rows, q.Limit, total, r => r.Id).Select(r => r.Item);
    }

    /// <summary>One incident whoever may see it; null when there is none.</summary>
    public Task<Incident?> FindAsync(long id, CancellationToken ct) =>
        db.QueryOneAsync($"SELECT i.id, i.status, i.version, i.scopes, ({Detail})::text FROM incidents i WHERE i.id = $1", Read, ct, id);

    /// <summary>Whether a case can be handed to this body.</summary>
    public async Task<bool> HasUnitAsync(string code, CancellationToken ct) =>
        (await db.QueryAsync("SELECT 1 FROM departments WHERE code = $1 UNION ALL SELECT 1 FROM units WHERE code = $1 LIMIT 1", r => true, ct, code)).Count > 0;

    /// <summary>Writes the move with its history, change and audit rows, in one transaction; null when the version is no longer the one the caller saw.</summary>
    public Task<Incident?> MoveAsync(Incident seen, Transition move, Caller caller, CancellationToken ct) => db.QueryOneAsync($"""
        WITH seen AS (SELECT id, status, scopes, unit_code FROM incidents WHERE id = $1 AND version = $2 FOR UPDATE),
        moved AS (
            UPDATE incidents i SET status = $3, moved_at = now(), version = i.version + 1, unit_code = coalesce($4, i.unit_code),
                closed_at = CASE WHEN $3 IN ('closed', 'void') THEN now() ELSE i.closed_at END,
                scopes = CASE WHEN $4::text IS NULL THEN i.scopes ELSE array_append(array_remove(array_remove(i.scopes, 'unit:' || i.unit_code), 'unit:' || $4), 'unit:' || $4) END
            FROM seen WHERE i.id = seen.id RETURNING i.*),
        history AS (
            INSERT INTO incident_events (incident_id, at, actor, from_status, to_status, unit_code, reason, note)
            SELECT m.id, m.moved_at, $7, s.status, m.status, $4, $5, $6 FROM moved m, seen s),
        audited AS (
            INSERT INTO audit (actor, role, operation, subject, detail, address)
            SELECT $7, $8, 'incidents.move', 'incidents:' || m.id, jsonb_build_object('from', s.status, 'to', m.status, 'unit', $4::text, 'reason', $5::text), $9 FROM moved m, seen s),
        logged AS (INSERT INTO pending_changes (items) SELECT ARRAY[change_of_incident(moved, s.scopes)] FROM moved, seen s)
        SELECT id, status, version, scopes, '[]'::text FROM moved
        """, Read, ct, seen.Id, seen.Version, move.To, Sql.Text(move.Unit), Sql.Text(move.Reason), Sql.Text(move.Note), caller.Actor, caller.Role, caller.Address);
}
