using OpsMap.Data;

namespace OpsMap.Tests.Boundaries;

/// <summary>What follows from an edition: edges and the faults of its seam.</summary>
public sealed class DeriveTests(City city) : IClassFixture<City>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>An edition of squares in hundredths of a degree: code, west, south, east, north.</summary>
    private async Task<long> Given(string name, params (string Code, double W, double S, double E, double N)[] squares)
    {
        var edition = await city.Db.QueryOneAsync("INSERT INTO editions (name, valid_from, state) VALUES ($1, '2020-01-01', 'draft') RETURNING id", r => r.GetInt64(0), Ct, name);
        foreach (var (code, w, s, e, n) in squares)
            await city.Db.ExecuteAsync("""
                INSERT INTO areas (edition_id, level, code, name, geom, label)
                SELECT $1, 'street', $2, $2, ST_Multi(g), ST_Centroid(g) FROM ST_MakeEnvelope(120 + $3 / 100, 30 + $4 / 100, 120 + $5 / 100, 30 + $6 / 100, 4326) g
                """, Ct, edition, code, w, s, e, n);
        await city.Db.ExecuteAsync("SELECT derive_boundaries($1, 'street')", Ct, edition);
        return edition;
    }

    private Task<List<string>> Edges(long edition) => city.Db.QueryAsync(
        "SELECT left_code || '|' || coalesce(right_code, '') || ' ' || kind || ' ' || round(length_m::numeric / 10) * 10 FROM edges WHERE edition_id = $1 ORDER BY left_code, right_code, kind, length_m", r => r.GetString(0), Ct, edition);

    private Task<List<string>> Faults(long edition) => city.Db.QueryAsync(
        "SELECT kind || ' ' || array_to_string(codes, '+') || ' ' || round(area_m2) FROM seam_faults WHERE edition_id = $1 ORDER BY 1", r => r.GetString(0), Ct, edition);

    [Fact]
    public async Task Two_neighbours_share_one_edge_though_their_outlines_have_other_vertices()
    {
        var edition = await Given("neighbours", ("a", 0, 0, 1, 3), ("b", 1, 0, 2, 1), ("c", 1, 1, 2, 3));

        (await Edges(edition)).ShouldBe(["a|b land 1110", "a|c land 2220", "a| single 5260", "b|c land 960", "b| single 2070", "c| single 3180"], ignoreOrder: true);
        (await Faults(edition)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_strip_that_nobody_owns_is_a_hole_and_both_its_sides_are_single()
    {
        var edition = await Given("hole", ("a", 0, 0, 1, 3), ("b", 2, 0, 3, 3), ("c", 0, 3, 3, 4), ("d", 0, -1, 3, 0));

        (await Faults(edition)).ShouldHaveSingleItem().ShouldStartWith("hole  32");
        (await Edges(edition)).ShouldContain("a| single 3330");
    }

    [Fact]
    public async Task A_strip_that_two_own_is_an_overlap_and_names_both()
    {
        var edition = await Given("overlap", ("a", 0, 0, 2, 1), ("b", 1, 0, 3, 1));

        (await Faults(edition)).ShouldHaveSingleItem().ShouldStartWith("overlap a+b 10");
    }

    [Fact]
    public async Task A_street_inside_another_has_a_ring_for_an_edge()
    {
        var edition = await Given("enclave", ("b", 1, 1, 2, 2));
        await city.Db.ExecuteAsync("""
            INSERT INTO areas (edition_id, level, code, name, geom, label)
            SELECT $1, 'street', 'a', 'a', ST_Multi(ST_Difference(ST_MakeEnvelope(120, 30, 120.03, 30.03, 4326), geom)), ST_SetSRID(ST_MakePoint(120.005, 30.005), 4326) FROM areas WHERE edition_id = $1
            """, Ct, edition);

        await city.Db.ExecuteAsync("SELECT derive_boundaries($1, 'street')", Ct, edition);

        (await Edges(edition)).ShouldBe(["a|b land 4150", "a| single 12440"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_runs_in_water_is_a_piece_of_its_own_and_keeps_its_direction()
    {
        await city.Db.ExecuteAsync("INSERT INTO waters (code, name, kind, geom) VALUES ('w', 'w', 'river', ST_Multi(ST_MakeEnvelope(119, 30.51, 121, 30.52, 4326)))", Ct);

        var edition = await Given("river", ("a", 0, 50, 1, 53), ("b", 1, 50, 2, 53));

        (await Edges(edition)).ShouldBe(["a|b land 1110", "a|b land 1110", "a|b river 1110", "a| single 5250", "b| single 5250"], ignoreOrder: true);
        var south = await city.Db.QueryAsync("SELECT ST_Y(ST_StartPoint(geom)) < ST_Y(ST_EndPoint(geom)) FROM edges WHERE edition_id = $1 AND right_code = 'b'", r => r.GetBoolean(0), Ct, edition);
        south.Distinct().ShouldHaveSingleItem().ShouldBeTrue(); // a lies in the west, so it is on the left of who walks north
    }

    [Fact]
    public async Task Deriving_again_replaces_what_was_derived_before()
    {
        var edition = await Given("again", ("a", 0, 0, 1, 1), ("b", 1, 0, 2, 1));
        var before = await Edges(edition);

        await city.Db.ExecuteAsync("SELECT derive_boundaries($1, 'street')", Ct, edition);

        (await Edges(edition)).ShouldBe(before);
    }
}
