using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using OpsMap.Data;
using OpsMap.People;
using OpsMap.Web;

namespace OpsMap.Incidents;

/// <summary>A report with the decision whose it is and who may see it.</summary>
sealed record JudgedReport(Report Report, Decision Decision, string[] Scopes);

/// <summary>What stands under a feed's key.</summary>
sealed record StoredReport(long Id, long? FeedId, string? SourceId, byte[]? Hash);

/// <summary>Table <c>incidents</c>, where reports come in.</summary>
sealed class ReportStore(NpgsqlDataSource db)
{
    private const char Separator = '\u001f';

    /// <summary>Stores the reports whose keys are new, each with its history and all with one pending change, and returns them; in one statement, hence one
    /// transaction. Null, and nothing stored, when the edition they were judged by is no longer the one in force.</summary>
    public async Task<List<StoredReport>?> InsertAsync(IEnumerable<JudgedReport> judged, long? editionId, DateTimeOffset now, Caller? person, CancellationToken ct)
    {
        // One order of keys for everybody: two batches that share keys wait for each other and never crosswise.
        JudgedReport[] rows = [.. judged.OrderBy(j => j.Report.FeedId).ThenBy(j => j.Report.SourceId, StringComparer.Ordinal)];
        T[] Column<T>(Func<JudgedReport, T> of) => Array.ConvertAll(rows, r => of(r));
        var answer = await db.QueryAsync("""
            WITH still AS (SELECT edition_at('street', $1) IS NOT DISTINCT FROM $2 AS ok),
            stored AS (
                INSERT INTO incidents (feed_id, source_id, body_hash, created_by, category, title, description, address, reported_at, received_at, moved_at,
                    geom, raw_lon, raw_lat, datum, accuracy_m, area_code, edition_id, responsibility, decision, scopes)
                SELECT r.feed_id, r.source_id, r.body_hash, r.created_by, r.category, r.title, r.description, r.address, r.reported_at, $1, $1,
                    ST_SetSRID(ST_MakePoint(r.lon, r.lat), 4326), r.raw_lon, r.raw_lat, r.datum, r.accuracy_m, r.area_code, $2, r.responsibility, r.decision, string_to_array(r.scopes, chr(31))
                FROM still, unnest($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
                    r (feed_id, source_id, body_hash, created_by, category, title, description, address, reported_at, lon, lat, raw_lon, raw_lat, datum, accuracy_m,
                       area_code, responsibility, decision, scopes)
                -- A key that is known draws no number: the numbers of cases have no holes where feeds send again. ON CONFLICT is for two that come at once.
                WHERE still.ok AND NOT EXISTS (SELECT FROM incidents known WHERE known.feed_id = r.feed_id AND known.source_id = r.source_id)
                ON CONFLICT (feed_id, source_id) DO NOTHING
                RETURNING *),
            history AS (
                INSERT INTO incident_events (incident_id, at, actor, to_status)
                SELECT s.id, $1, coalesce('feed:' || f.code, 'user:' || u.name), s.status FROM stored s LEFT JOIN feeds f ON f.id = s.feed_id LEFT JOIN users u ON u.id = s.created_by),
            audited AS (
                INSERT INTO audit (actor, role, operation, subject, address) SELECT $22, $23, 'incidents.report', 'incidents:' || id, $24 FROM stored WHERE created_by IS NOT NULL),
            logged AS (
                INSERT INTO pending_changes (items) SELECT array_agg(change_of_incident(stored, '{}') ORDER BY stored.id) FROM stored HAVING count(*) > 0)
            SELECT still.ok, s.id, s.feed_id, s.source_id, s.body_hash FROM still LEFT JOIN stored s ON true
            """,
            r => (Ok: r.GetBoolean(0), Row: r.IsDBNull(1) ? null : new StoredReport(r.GetInt64(1), r.Nullable<long>(2), r.Text(3), r.IsDBNull(4) ? null : r.GetFieldValue<byte[]>(4))), ct,
            now, new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bigint, Value = (object?)editionId ?? DBNull.Value },
            Column(r => r.Report.FeedId), Column(r => r.Report.SourceId), Bytes(Column(r => r.Report.Hash)), Column(r => r.Report.ReporterId),
            Column(r => r.Report.Category), Column(r => r.Report.Title), Column(r => r.Report.Description), Column(r => r.Report.Address), Column(r => r.Report.ReportedAt ?? now),
            Column(r => r.Report.Place?.Lon), Column(r => r.Report.Place?.Lat), Column(r => r.Report.Place?.RawLon), Column(r => r.Report.Place?.RawLat),
            Column(r => r.Report.Place?.Datum), Column(r => r.Report.AccuracyM), Column(r => r.Decision.Area?.Code), Column(r => r.Decision.Class),
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb, Value = Column(r => JsonSerializer.Serialize(r.Decision, Json.Options)) },
            Column(r => string.Join(Separator, r.Scopes)), person?.Actor ?? "", person?.Role ?? "", person?.Address ?? "");
        return answer[0].Ok ? [.. answer.Select(a => a.Row).OfType<StoredReport>()] : null;
    }

    /// <summary>What stands under these keys of a feed.</summary>
    public Task<List<StoredReport>> FindAsync(long feedId, string[] sourceIds, CancellationToken ct) => db.QueryAsync(
        "SELECT id, feed_id, source_id, body_hash FROM incidents WHERE feed_id = $1 AND source_id = ANY ($2)",
        r => new StoredReport(r.GetInt64(0), r.GetInt64(1), r.GetString(2), r.IsDBNull(3) ? null : r.GetFieldValue<byte[]>(3)), ct, feedId, sourceIds);

    private static NpgsqlParameter Bytes(byte[]?[] column) => new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Value = column };
}
