using System.Diagnostics;
using Npgsql;
using OpsMap.Data;
using OpsMap.Seeds;

namespace OpsMap.Tests.Data;

/// <summary>The demo city, loaded once for the class.</summary>
public sealed class DemoDatabase(TestCluster cluster) : IAsyncLifetime
{
    private NpgsqlDataSource? _db;

    public NpgsqlDataSource Db => _db ?? throw new InvalidOperationException("not loaded");

    public SeedCity City { get; } = DemoCity.Build();

    public TimeSpan Took { get; private set; }

    public async ValueTask InitializeAsync()
    {
        _db = Database.Open(await cluster.NewDatabaseAsync(null));
        await Migrator.RunAsync(_db, CancellationToken.None);
        var watch = Stopwatch.StartNew();
        (await CitySeed.LoadAsync(_db, City, CancellationToken.None)).ShouldBeTrue();
        Took = watch.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        if (_db is not null) await _db.DisposeAsync();
    }
}

public sealed class CitySeedTests(DemoDatabase demo, TestCluster cluster) : IClassFixture<DemoDatabase>
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    private Task<List<(string, long)>> Count(string sql) => demo.Db.QueryAsync(sql, r => (r.GetString(0), r.GetInt64(1)), Ct);

    [Fact]
    public async Task The_demo_city_is_loaded_whole_and_its_log_begins_at_nothing()
    {
        var counts = (await Count("""
            SELECT 'areas', count(*) FROM areas UNION ALL SELECT 'committees', count(*) FROM committees UNION ALL SELECT 'stations', count(*) FROM stations
            UNION ALL SELECT 'departments', count(*) FROM departments UNION ALL SELECT 'units', count(*) FROM units UNION ALL SELECT 'feeds', count(*) FROM feeds
            UNION ALL SELECT 'log', n FROM log_head UNION ALL SELECT 'picture', count(*) FROM live_picture
            """)).ToDictionary();

        counts["areas"].ShouldBe(demo.City.Areas.Count);
        counts["committees"].ShouldBe(demo.City.Committees.Count);
        counts["stations"].ShouldBe(demo.City.Stations.Count);
        counts["units"].ShouldBe(demo.City.Units.Count);
        counts["log"].ShouldBe(0);
        counts["picture"].ShouldBe(counts["areas"] + counts["committees"] + counts["stations"] + counts["feeds"]);
    }

    [Fact]
    public async Task Its_streets_are_a_partition_without_holes_or_overlaps_whose_neighbours_share_edges()
    {
        (await Count("SELECT kind, count(*) FROM seam_faults GROUP BY kind")).ShouldBeEmpty();
        var kinds = (await Count("SELECT kind, count(*) FROM edges WHERE level = 'street' GROUP BY kind")).ToDictionary();
        kinds.Keys.Order().ShouldBe(["land", "river", "single"]);
        kinds["land"].ShouldBeGreaterThan(400);
        TestContext.Current.TestOutputHelper?.WriteLine($"loaded in {demo.Took}, edges: {string.Join(", ", kinds)}");
    }

    [Fact]
    public async Task The_edges_of_a_street_are_as_long_as_its_outline()
    {
        var off = await demo.Db.QueryAsync("""
            SELECT a.code, ST_Perimeter(a.geom::geography) - (SELECT sum(e.length_m) FROM edges e WHERE e.level = 'street' AND a.code IN (e.left_code, e.right_code)) FROM areas a WHERE a.level = 'street'
            """, r => (Code: r.GetString(0), Metres: r.GetDouble(1)), Ct);

        off.Where(o => Math.Abs(o.Metres) > 0.5).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_lower_code_lies_on_the_left_of_its_edges()
    {
        var wrong = await demo.Db.QueryAsync("""
            SELECT e.id FROM edges e JOIN areas l ON l.edition_id = e.edition_id AND l.level = e.level AND l.code = e.left_code
            CROSS JOIN LATERAL (SELECT ST_LineInterpolatePoint(e.geom, 0.5) AS a, ST_LineInterpolatePoint(e.geom, least(1, 0.5 + 0.5 / ST_Length(e.geom::geography))) AS b) m
            WHERE e.level = 'street' AND (e.left_code > e.right_code
               OR NOT ST_Covers(l.geom, ST_SetSRID(ST_MakePoint((ST_X(a) + ST_X(b)) / 2 - (ST_Y(b) - ST_Y(a)) / 10, (ST_Y(a) + ST_Y(b)) / 2 + (ST_X(b) - ST_X(a)) / 10), 4326)))
            """, r => r.GetInt64(0), Ct);

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_city_is_loaded_once()
    {
        (await CitySeed.LoadAsync(demo.Db, null, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_empty_city_has_one_feed_and_no_demo()
    {
        await using var db = Database.Open(await cluster.NewDatabaseAsync(null));
        await Migrator.RunAsync(db, Ct);

        (await CitySeed.LoadAsync(db, null, Ct)).ShouldBeTrue();

        (await db.QueryAsync("SELECT code, kind FROM feeds", r => (r.GetString(0), r.GetString(1)), Ct)).ShouldBe([("test", "both")]);
        (await db.QueryAsync("SELECT value::text FROM settings WHERE key = 'city.demo'", r => r.GetString(0), Ct)).ShouldBe(["false"]);
        (await db.QueryAsync("SELECT 1 FROM areas", r => 1, Ct)).ShouldBeEmpty();
    }
}
