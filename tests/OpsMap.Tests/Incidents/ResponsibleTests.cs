using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using OpsMap.Data;

namespace OpsMap.Tests.Incidents;

/// <summary>/api/responsible over real outlines.</summary>
public sealed class ResponsibleTests(City city) : IClassFixture<City>
{
    private Task<JsonNode> Ask(double lon, double lat, string more = "") =>
        city.As("planner").GetJson(string.Create(CultureInfo.InvariantCulture, $"/api/responsible?lon={lon}&lat={lat}{more}"));

    [Fact]
    public async Task Well_inside_a_street_the_answer_is_that_street_alone()
    {
        var answer = await Ask(114.29, 30.59);

        answer.ToJsonString(OpsMap.Web.Json.Options).ShouldBe("""
            {"class":"sole","area":{"code":"420102001000","name":"甲街道"},"candidates":[{"code":"420102001000","name":"甲街道","distance_m":0,"contains":true}],"agreement":null,"committee":null,"edition":{"id":1,"name":"测试版","legal_status":"schematic"},"rule":"inside","reason":"inside"}
            """);
    }

    [Fact]
    public async Task Ten_metres_from_the_line_it_is_shared_with_the_distance_and_the_committee_of_both_sides()
    {
        var answer = await Ask(TestCity.InJiaByYi.Lon, TestCity.InJiaByYi.Lat);

        ((string?)answer["class"], (string?)answer["area"]?["code"], (string?)answer["committee"]?["name"]).ShouldBe(("shared", TestCity.Jia, "甲乙区域联合党委"));
        ((string?)answer["candidates"]?[1]?["code"]).ShouldBe(TestCity.Yi);
        ((double?)answer["candidates"]?[1]?["distance_m"] ?? 0).ShouldBe(9.59, 0.02);
    }

    [Fact]
    public async Task At_the_corner_of_four_all_are_named_and_the_lowest_code_has_it()
    {
        var answer = await Ask(114.30, 30.60);

        ((string?)answer["class"], (string?)answer["rule"], (string?)answer["area"]?["code"]).ShouldBe(("shared", "line_lowest_code", TestCity.Jia));
        answer["candidates"]?.AsArray().Select(c => ((string?)c?["code"], (bool?)c?["contains"])).ShouldBe([(TestCity.Jia, true), (TestCity.Yi, true), (TestCity.Bing, true), (TestCity.Ding, true)]);
    }

    [Fact]
    public async Task Outside_the_city_it_is_nobodys()
    {
        var near = await Ask(114.2799, 30.59);
        var far = await Ask(113, 30);

        ((string?)near["class"], (string?)near["reason"], (string?)near["candidates"]?[0]?["code"]).ShouldBe(("none", "outside", TestCity.Jia));
        far["candidates"]?.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Before_the_first_edition_nobody_was_responsible()
    {
        var answer = await Ask(114.29, 30.59, "&at=2019-12-31T23:59:59%2B08:00");

        ((string?)answer["class"], (string?)answer["reason"], answer["edition"]).ShouldBe(("none", "no_edition", null));
    }

    [Fact]
    public async Task A_place_in_gcj02_is_asked_where_it_really_is()
    {
        var (lon, lat) = OpsMap.Web.Datum.ToGcj02(114.2999, 30.59);

        ((string?)(await Ask(lon, lat, "&datum=gcj02"))["area"]?["code"]).ShouldBe(TestCity.Jia);
        ((string?)(await Ask(lon, lat))["area"]?["code"]).ShouldBe(TestCity.Yi);
    }

    [Fact]
    public async Task Communities_are_asked_by_their_level() =>
        ((string?)(await Ask(114.285, 30.59, "&level=community"))["area"]?["name"]).ShouldBe("甲一社区");

    [Theory]
    [InlineData("lat=30", "lon is missing")]
    [InlineData("lon=abc&lat=30", "'abc'")]
    [InlineData("lon=NaN&lat=30", "'NaN'")]
    [InlineData("lon=1e999&lat=30", "'1e999'")]
    [InlineData("lon=30&lat=114", "'114'")]
    [InlineData("lon=114&lat=30&datum=mars", "'mars'")]
    [InlineData("lon=114&lat=30&at=yesterday", "'yesterday'")]
    public async Task A_question_without_a_place_is_refused(string query, string quoted) =>
        (await (await city.As("planner").GetAsync($"/api/responsible?{query}", TestContext.Current.CancellationToken)).Refusal(HttpStatusCode.BadRequest)).ShouldContain(quoted);

    [Fact]
    public async Task A_thousand_random_points_are_judged_as_postgis_measures_them()
    {
        var random = new Random(7);
        (double, double)?[] points = [.. Enumerable.Range(0, 1000).Select(i => ((double, double)?)(114.278 + random.NextDouble() * 0.044, (i % 4 == 0 ? 30.6 + (random.NextDouble() - 0.5) * 0.001 : 30.578 + random.NextDouble() * 0.044)))];
        var around = await new OpsMap.Incidents.ResponsibilityStore(city.Db).AroundAsync(points, "street", TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);

        var expected = await city.Db.QueryAsync("""
            SELECT i::int - 1, a.code, CASE WHEN ST_Covers(a.geom, p) THEN 0 ELSE ST_Distance(a.geom::geography, p::geography) END
            FROM unnest($1::float8[], $2::float8[]) WITH ORDINALITY q (lon, lat, i), LATERAL (SELECT ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS p) x
            JOIN areas a ON a.level = 'street' AND (ST_Covers(a.geom, p) OR ST_Distance(a.geom::geography, p::geography) <= 50) ORDER BY 1, 2
            """, r => (r.GetInt32(0), r.GetString(1), Math.Round(r.GetDouble(2), 6)), TestContext.Current.CancellationToken, points.Select(p => p?.Item1 ?? 0).ToArray(), points.Select(p => p?.Item2 ?? 0).ToArray());

        around.Near.SelectMany((near, i) => near.OrderBy(c => c.Code, StringComparer.Ordinal).Select(c => (i, c.Code, Math.Round(c.DistanceM, 6)))).ShouldBe(expected);
    }
}
