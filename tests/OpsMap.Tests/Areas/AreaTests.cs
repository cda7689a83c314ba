using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using OpsMap.Data;

namespace OpsMap.Tests.Areas;

public sealed class AreaTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task The_street_layer_carries_the_status_of_its_lines_on_top_and_in_every_feature()
    {
        var layer = await city.As("wall").GetJson("/api/areas?level=street&f=geojson");

        ((string?)layer["type"], (string?)layer["legal_status"], (string?)layer["edition"]?["name"], (string?)layer["source"]).ShouldBe(("FeatureCollection", "schematic", "测试版", "tests"));
        ((string?)layer["notice"]?["zh"] ?? "").ShouldStartWith("工作界线示意");
        var first = layer["features"]?[0];
        first?["properties"]?.ToJsonString(OpsMap.Web.Json.Options).ShouldContain("甲街道");
        ((string?)first?["properties"]?["parent_name"], (string?)first?["properties"]?["legal_status"], (string?)first?["properties"]?["edition"]).ShouldBe(("东区", "schematic", "测试版"));
        ((string?)first?["geometry"]?["type"]).ShouldBe("MultiPolygon");
        layer["features"]?.AsArray().Count.ShouldBe(4);
    }

    [Fact]
    public async Task Who_has_the_layer_of_this_edition_is_told_so_and_sent_nothing()
    {
        var first = await city.As("wall").GetAsync("/api/areas?level=street&f=geojson", TestContext.Current.CancellationToken);
        var again = new HttpRequestMessage(HttpMethod.Get, "/api/areas?level=street&f=geojson");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag ?? throw new InvalidOperationException("no ETag"));

        var answer = await city.As("wall").SendAsync(again, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        first.Content.Headers.ContentType.ShouldBe(MediaTypeHeaderValue.Parse("application/geo+json"));
    }

    [Fact]
    public async Task The_list_of_areas_is_paged_and_says_how_many_there_are()
    {
        var first = await city.As("planner").GetJson("/api/areas?level=street&limit=3");
        var second = await city.As("planner").GetJson($"/api/areas?level=street&limit=3&cursor={first["next"]}");

        ((int?)first["total"], (string?)first["legal_status"]).ShouldBe((4, "schematic"));
        first["items"]?[0]?.ToJsonString(OpsMap.Web.Json.Options).ShouldBe("""{"id":2,"code":"420102001000","name":"甲街道","level":"street","parent":"420102000000","kind":"街道","label":[114.29,30.59],"edition":1}""");
        (first["items"]?.AsArray().Count, second["items"]?.AsArray().Count, second["next"]).ShouldBe((3, 1, null));
    }

    [Theory]
    [InlineData("/api/areas?level=planet", "'planet'")]
    [InlineData("/api/areas?limit=0", "'0'")]
    [InlineData("/api/areas?cursor=abc", "'abc'")]
    [InlineData("/api/areas?level=street&level=community", "one value")]
    [InlineData("/api/edges?f=xml", "'xml'")]
    public async Task A_question_that_makes_no_sense_is_refused_with_the_value(string path, string quoted) =>
        (await (await city.As("planner").GetAsync(path, TestContext.Current.CancellationToken)).Refusal(HttpStatusCode.BadRequest)).ShouldContain(quoted);

    [Fact]
    public async Task The_city_says_where_it_is_which_edition_is_in_force_and_that_its_lines_are_working_lines()
    {
        var facts = await city.As("wall").GetJson("/api/city");

        ((string?)facts["name"], (bool?)facts["demo"], facts["notice"], (bool?)facts["empty"]).ShouldBe(("测试市", false, null, false));
        facts["bbox"]?.AsArray().Select(n => (double?)n).ShouldBe([114.28, 30.58, 114.32, 30.62]);
        ((string?)facts["edition"]?["legal_status"], (long?)facts["edition"]?["id"]).ShouldBe(("schematic", 1));
        ((string?)facts["legal_notice"]?["zh"]).ShouldBe("工作界线示意，不作为行政区域界线划定或权属依据");
    }

    [Fact]
    public async Task Before_signing_in_one_learns_only_whether_this_is_a_demo()
    {
        (await city.Anonymous().GetJson("/api/shell")).ToJsonString().ShouldBe("""{"demo":false,"notice":null}""");
        (await city.Anonymous().GetAsync("/api/areas", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_edition_lists_the_levels_it_holds_and_those_it_is_in_force_for()
    {
        var item = (await city.As("planner").GetJson("/api/editions"))["items"]?[0];

        item?["in_force"]?.AsArray().Select(n => (string?)n).Order().ShouldBe(["city", "community", "district", "street"]);
    }
}

public sealed class NextEditionTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task A_new_edition_in_force_is_answered_with_at_once_and_old_tags_are_good_no_more()
    {
        var before = await city.As("wall").GetAsync("/api/areas?level=street&f=geojson", TestContext.Current.CancellationToken);

        await city.Db.ExecuteAsync("""
            INSERT INTO editions (name, valid_from) VALUES ('第二版', now() - interval '1 s');
            INSERT INTO areas (edition_id, level, code, name, geom, label) SELECT 2, level, code, name || '（新）', geom, label FROM areas WHERE level = 'street';
            """, TestContext.Current.CancellationToken);

        var again = new HttpRequestMessage(HttpMethod.Get, "/api/areas?level=street&f=geojson") { Headers = { IfNoneMatch = { before.Headers.ETag ?? throw new InvalidOperationException() } } };
        var after = await city.As("wall").SendAsync(again, TestContext.Current.CancellationToken);
        after.StatusCode.ShouldBe(HttpStatusCode.OK);
        ((string?)(await after.Json())["features"]?[0]?["properties"]?["name"]).ShouldBe("甲街道（新）");
    }
}
