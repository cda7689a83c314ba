using Npgsql;
using NpgsqlTypes;
using OpsMap.Data;

namespace OpsMap.Areas;

/// <summary>What an import did; the last line that the command prints.</summary>
sealed record AreaImport(int Read, int Loaded, IReadOnlyList<object> Repaired, IReadOnlyList<AreaReject> Rejected, long Edges, IReadOnlyList<SeamFault> SeamFaults);

/// <param name="Kind">hole or overlap.</param>
/// <param name="Codes">The areas that overlap; empty for a hole.</param>
sealed record SeamFault(string Kind, string[] Codes, double AreaM2, double Lon, double Lat);

/// <summary>Brings the areas of a file into an edition: all of it in one transaction, with the edges that follow from it, and in the live picture when its day has come.</summary>
sealed class AreaImportStore(NpgsqlDataSource db)
{
    private const int FaultsShown = 100;

    /// <param name="rejects">What reading the file rejected; PostGIS adds what is not valid.</param>
    /// <exception cref="RefusedException">The edition has this level already or another first day, or nothing is left to load.</exception>
    public async Task<AreaImport> LoadAsync(string edition, DateTimeOffset from, string level, string source, List<AreaRow> rows, List<AreaReject> rejects, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0", ct);
        var id = await EditionAsync(connection, edition, from, level, source, ct);
        await CopyAsync(connection, rows, ct);
        var invalid = await connection.QueryAsync("DELETE FROM incoming WHERE NOT ST_IsValid(geom) RETURNING index, code, ST_IsValidReason(geom)", r => new AreaReject(r.GetInt32(0), r.GetString(1), "invalid_geometry", r.GetString(2)), ct);
        var loaded = await connection.ExecuteAsync("""
            INSERT INTO areas (edition_id, level, code, name, parent_code, geom, label)
            SELECT $1, $2, code, name, parent_code, geom, ST_PointOnSurface(geom) FROM incoming WHERE NOT ST_IsEmpty(geom) ORDER BY index
            """, ct, id, level);
        if (loaded == 0) throw new RefusedException($"nothing was loaded: all {rows.Count + rejects.Count} features were rejected, the first because {rejects.Concat(invalid).OrderBy(r => r.Index).Select(r => r.Detail).FirstOrDefault("there is none")}");
        await connection.ExecuteAsync("SELECT derive_boundaries($1, $2)", ct, id, level);
        var edges = (await connection.QueryAsync("SELECT count(*) FROM edges WHERE edition_id = $1 AND level = $2", r => r.GetInt64(0), ct, id, level))[0];
        var faults = await connection.QueryAsync($"""
            SELECT kind, codes, round(area_m2::numeric, 1)::float8, ST_X(p), ST_Y(p) FROM seam_faults, ST_PointOnSurface(geom) p
            WHERE edition_id = $1 AND level = $2 ORDER BY area_m2 DESC, id LIMIT {FaultsShown}
            """, r => new SeamFault(r.GetString(0), r.GetFieldValue<string[]>(1), r.GetDouble(2), r.GetDouble(3), r.GetDouble(4)), ct, id, level);
        await connection.ExecuteAsync("SELECT publish_editions()", ct);
        await transaction.CommitAsync(ct);
        await connection.ExecuteAsync("ANALYZE areas, outlines, edges", ct);
        return new AreaImport(rows.Count + rejects.Count, loaded, [], [.. rejects.Concat(invalid).OrderBy(r => r.Index)], edges, faults);
    }

    // An edition may hold several levels, brought by one import each.
    private static async Task<long> EditionAsync(NpgsqlConnection connection, string name, DateTimeOffset from, string level, string source, CancellationToken ct)
    {
        var there = await connection.QueryAsync("SELECT id, valid_from, EXISTS (SELECT FROM areas a WHERE a.edition_id = e.id AND a.level = $2) FROM editions e WHERE name = $1 FOR UPDATE",
            r => (Id: r.GetInt64(0), From: r.GetFieldValue<DateTimeOffset>(1), HasLevel: r.GetBoolean(2)), ct, name, level);
        return there switch
        {
            [] => (await connection.QueryAsync("INSERT INTO editions (name, valid_from, source) VALUES ($1, $2, $3) RETURNING id", r => r.GetInt64(0), ct, name, from, source))[0],
            [{ HasLevel: true }] => throw new RefusedException($"the edition '{name}' has areas of the level {level} already: give another --edition"),
            [var edition] when edition.From != from => throw new RefusedException($"the edition '{name}' is in force from {edition.From:yyyy-MM-ddTHH:mm:ssZ}, not from {from:yyyy-MM-ddTHH:mm:ssZ}: give the same --from, or another --edition"),
            [var edition, ..] => edition.Id,
        };
    }

    private static async Task CopyAsync(NpgsqlConnection connection, List<AreaRow> rows, CancellationToken ct)
    {
        await connection.ExecuteAsync("CREATE TEMP TABLE incoming (index int, code text, name text, parent_code text, geom geometry(MultiPolygon, 4326)) ON COMMIT DROP", ct);
        await using var copy = await connection.BeginBinaryImportAsync("COPY incoming FROM STDIN (FORMAT binary)", ct);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(row.Index, NpgsqlDbType.Integer, ct);
            await copy.WriteAsync(row.Code, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(row.Name, NpgsqlDbType.Text, ct);
            if (row.ParentCode is { } parent) await copy.WriteAsync(parent, NpgsqlDbType.Text, ct);
            else await copy.WriteNullAsync(ct);
            await copy.WriteAsync(row.Geom, NpgsqlDbType.Geometry, ct);
        }
        await copy.CompleteAsync(ct);
    }
}
