using System.Text.Json;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;
using OpsMap.Seeds;
using OpsMap.Web;

namespace OpsMap.Data;

/// <summary>Loads the city that a new database begins with: everything in one transaction, or nothing.</summary>
static class CitySeed
{
    private static readonly string[] LevelsWithEdges = ["district", "street"];

    /// <summary>Loads the demo city, or with null an empty one: a feed to send to and a few categories. False, and nothing done, where a city is there already.</summary>
    public static async Task<bool> LoadAsync(NpgsqlDataSource db, SeedCity? city, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtext('opsmap.city'))", ct);
        if ((await connection.QueryAsync("SELECT 1 FROM settings WHERE key = 'city.demo'", r => true, ct)).Count > 0) return false;
        await connection.ExecuteAsync("SET LOCAL statement_timeout = 0", ct);
        await connection.ExecuteAsync("INSERT INTO settings (key, value) VALUES ('city.name', to_jsonb($1::text)), ('city.demo', to_jsonb($2::bool))", ct, city?.Name ?? "", city is not null);
        await FeedsAsync(connection, city?.Feeds ?? [new SeedFeed("test", "Test", "both")], city?.Categories ?? Neutral, ct);
        if (city is not null)
        {
            await GroundAsync(connection, city, ct);
            await BodiesAsync(connection, city, ct);
            await CommitteesAsync(connection, city.Committees, ct);
            await StationsAsync(connection, city.Stations, ct);
        }
        await transaction.CommitAsync(ct);
        await connection.ExecuteAsync("ANALYZE", ct);
        return true;
    }

    /// <summary>What an empty city can file by until it imports its own.</summary>
    private static readonly SeedCategory[] Neutral =
    [
        new("manhole", "井盖破损", "Manhole cover damaged", "component", 2), new("street-light", "路灯不亮", "Street light out", "component", 3),
        new("road-surface", "路面破损", "Road surface damaged", "component", 3), new("litter", "暴露垃圾", "Litter", "event", 4), new("other", "其他", "Other", "event", 4),
    ];

    private static async Task FeedsAsync(NpgsqlConnection connection, IReadOnlyList<SeedFeed> feeds, IReadOnlyList<SeedCategory> categories, CancellationToken ct)
    {
        await connection.ExecuteAsync("INSERT INTO feeds (code, name, kind) SELECT * FROM unnest($1, $2, $3) ON CONFLICT (code) DO NOTHING", ct,
            Column(feeds, f => f.Code), Column(feeds, f => f.Name), Column(feeds, f => f.Kind));
        await connection.ExecuteAsync("INSERT INTO categories (code, name_zh, name_en, kind, severity) SELECT * FROM unnest($1, $2, $3, $4, $5)", ct,
            Column(categories, c => c.Code), Column(categories, c => c.NameZh), Column(categories, c => c.NameEn), Column(categories, c => c.Kind), Column(categories, c => c.Severity));
    }

    /// <summary>The edition with its areas, what is derived from it, and the water.</summary>
    private static async Task GroundAsync(NpgsqlConnection connection, SeedCity city, CancellationToken ct)
    {
        await CopyAsync(connection, "waters (code, name, kind, geom)", city.Waters, [w => w.Code, w => w.Name, w => w.Kind, w => w.Geom], ct);
        await CopyAsync(connection, "banks (water_code, side, geom)", city.Banks, [b => b.WaterCode, b => b.Side, b => b.Geom], ct);
        var edition = (await connection.QueryAsync("INSERT INTO editions (name, valid_from, legal_status, source) VALUES ($1, $2, $3, $4) RETURNING id", r => r.GetInt64(0), ct,
            city.EditionName, city.ValidFrom.ToUniversalTime(), city.LegalStatus, city.Source))[0];
        await CopyAsync(connection, "areas (edition_id, level, code, name, parent_code, kind, geom, label)", city.Areas,
            [_ => edition, a => a.Level, a => a.Code, a => a.Name, a => a.ParentCode, a => a.Kind, a => a.Geom, a => a.Label], ct);
        await connection.ExecuteAsync("ANALYZE areas", ct);
        foreach (var level in LevelsWithEdges) await connection.ExecuteAsync("SELECT derive_boundaries($1, $2)", ct, edition, level);
        // The picture begins with this edition: nobody follows the log yet, so nothing is logged.
        await connection.ExecuteAsync("INSERT INTO live_editions (level, edition_id) SELECT DISTINCT level, edition_id FROM areas", ct);
    }

    private static async Task BodiesAsync(NpgsqlConnection connection, SeedCity city, CancellationToken ct)
    {
        await CopyAsync(connection, "departments (code, name, level, area_code)", city.Departments, [d => d.Code, d => d.Name, d => d.Level, d => d.AreaCode], ct);
        await CopyAsync(connection, "units (code, name, kind, street_code, department_code)", city.Units, [u => u.Code, u => u.Name, u => u.Kind, u => u.StreetCode, u => u.DepartmentCode], ct);
    }

    private static async Task CommitteesAsync(NpgsqlConnection connection, IReadOnlyList<SeedCommittee> committees, CancellationToken ct)
    {
        var ids = (await connection.QueryAsync("""
            INSERT INTO committees (name, kind, level, constitution, example) SELECT name, kind, level, constitution::jsonb, example
            FROM unnest($1, $2, $3, $4, $5) c (name, kind, level, constitution, example) RETURNING name, id
            """, r => (Name: r.GetString(0), Id: r.GetInt64(1)), ct, Column(committees, c => c.Name), Column(committees, c => c.Kind), Column(committees, c => c.Level),
            Column(committees, c => JsonSerializer.Serialize(c.Constitution, Json.Options)), Column(committees, c => c.Example))).ToDictionary(c => c.Name, c => c.Id);
        await CopyAsync(connection, "committee_areas (committee_id, area_code, lead)", [.. committees.SelectMany(c => c.Areas, (c, a) => (Id: ids[c.Name], Area: a))],
            [a => a.Id, a => a.Area.Code, a => a.Area.Lead], ct);
        await CopyAsync(connection, "committee_members (committee_id, class, name)", [.. committees.SelectMany(c => c.Members, (c, m) => (Id: ids[c.Name], Member: m))],
            [m => m.Id, m => m.Member.Class, m => m.Member.Name], ct);
    }

    private static Task StationsAsync(NpgsqlConnection connection, IReadOnlyList<SeedStation> stations, CancellationToken ct) => CopyAsync(connection,
        "stations (code, kind, name, street_code, community_code, services, hours, capacity, worker, opening_scope, state, geom)", stations,
        [s => s.Code, s => s.Kind, s => s.Name, s => s.StreetCode, s => s.CommunityCode, s => s.Services.ToArray(), s => s.Hours, s => s.Capacity, s => s.Worker, s => s.OpeningScope, s => s.State, s => s.Point], ct);

    private static async Task CopyAsync<T>(NpgsqlConnection connection, string into, IReadOnlyList<T> rows, Func<T, object?>[] columns, CancellationToken ct)
    {
        await using var writer = await connection.BeginBinaryImportAsync($"COPY {into} FROM STDIN (FORMAT binary)", ct);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(ct);
            foreach (var column in columns)
                switch (column(row))
                {
                    case null: await writer.WriteNullAsync(ct); break;
                    case Geometry geometry: await writer.WriteAsync(In4326(geometry), NpgsqlDbType.Geometry, ct); break;
                    case string text: await writer.WriteAsync(text, NpgsqlDbType.Text, ct); break;
                    case string[] texts: await writer.WriteAsync(texts, NpgsqlDbType.Array | NpgsqlDbType.Text, ct); break;
                    case bool yes: await writer.WriteAsync(yes, NpgsqlDbType.Boolean, ct); break;
                    case int number: await writer.WriteAsync(number, NpgsqlDbType.Integer, ct); break;
                    case long number: await writer.WriteAsync(number, NpgsqlDbType.Bigint, ct); break;
                    case var other: throw new InvalidOperationException($"{into}: no column takes {other.GetType()}");
                }
        }
        await writer.CompleteAsync(ct);
    }

    private static Geometry In4326(Geometry geometry)
    {
        if (geometry.SRID == 4326) return geometry;
        var copy = geometry.Copy();
        copy.SRID = 4326;
        return copy;
    }

    private static TOut[] Column<TIn, TOut>(IReadOnlyList<TIn> rows, Func<TIn, TOut> of) => [.. rows.Select(of)];
}
