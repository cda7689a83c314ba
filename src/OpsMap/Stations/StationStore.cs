using Npgsql;
using OpsMap.Data;
using OpsMap.Web;

namespace OpsMap.Stations;

/// <summary>A service point.</summary>
/// <param name="Hours">HH:mm-HH:mm, local time.</param>
/// <param name="Worker">The resident worker's unit or alias, never a person's name.</param>
/// <param name="OpeningScope">own, adjoining or all: whose people it serves.</param>
/// <param name="State">open or closed.</param>
sealed record Station(
    long Id, string Code, string Kind, string Name, string Street, string? StreetName, string? Community, string? CommunityName, string[] Services, string Hours,
    int Capacity, string Worker, string OpeningScope, string State, double Lon, double Lat);

/// <summary>What a list of stations is narrowed by; null narrows nothing.</summary>
sealed record StationQuery(Bbox? Box, string[]? Kind, string? Street, long? After, int Limit);

/// <summary>Table <c>stations</c>.</summary>
sealed class StationStore(NpgsqlDataSource db)
{
    private const string Columns = """
        s.id, s.code, s.kind, s.name, s.street_code, (SELECT a.name FROM areas a WHERE a.edition_id = e.street AND a.level = 'street' AND a.code = s.street_code),
        s.community_code, (SELECT a.name FROM areas a WHERE a.edition_id = e.community AND a.level = 'community' AND a.code = s.community_code),
        s.services, s.hours, s.capacity, s.worker, s.opening_scope, s.state, ST_X(s.geom), ST_Y(s.geom)
        """;

    private const string Where = """
        FROM stations s, e
        WHERE ($1::float8 IS NULL OR s.geom && ST_MakeEnvelope($1, $2, $3, $4, 4326) AND ST_X(s.geom) BETWEEN $1 AND $3 AND ST_Y(s.geom) BETWEEN $2 AND $4)
          AND ($5::text[] IS NULL OR s.kind = ANY ($5)) AND ($6::text IS NULL OR s.street_code = $6)
        """;

    private const string Editions = "WITH e AS MATERIALIZED (SELECT edition_at('street', now()) AS street, edition_at('community', now()) AS community)";

    private static Station Read(NpgsqlDataReader r) => new(
        r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.Text(5), r.Text(6), r.Text(7), r.GetFieldValue<string[]>(8), r.GetString(9),
        r.GetInt32(10), r.GetString(11), r.GetString(12), r.GetString(13), r.GetDouble(14), r.GetDouble(15));

    /// <summary>A page of stations, by id.</summary>
    public async Task<Page<Station>> ListAsync(StationQuery q, CancellationToken ct)
    {
        List<object?> filter = [q.Box?.West, q.Box?.South, q.Box?.East, q.Box?.North, Sql.TextArray(q.Kind), Sql.Text(q.Street)];
        var rows = await db.QueryAsync($"{Editions} SELECT {Columns} {Where} AND s.id > $7 ORDER BY s.id LIMIT $8", Read, ct, [.. filter, q.After ?? 0, q.Limit + 1]);
        var total = await db.QueryOneAsync($"{Editions} SELECT count(*) {Where}", r => r.GetInt64(0), ct, filter);
        return Page<Station>.Of(rows, q.Limit, total, s => s.Id);
    }
}
