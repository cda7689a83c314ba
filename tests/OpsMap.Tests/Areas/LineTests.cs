using System.Net;
using System.Text.Json.Nodes;
using OpsMap.Data;

namespace OpsMap.Tests.Areas;

/// <summary>Edges, waters, committees, stations and the short lists, as the pages and tools read them.</summary>
public sealed class LineTests(City city) : IClassFixture<City>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_edge_names_both_sides_its_committees_and_the_status_of_its_line()
    {
        var edges = await city.As("planner").GetJson($"/api/edges?street={TestCity.Yi}&f=geojson");

        ((string?)edges["legal_status"], edges["features"]?.AsArray().Count).ShouldBe(("schematic", 2));
        var shared = edges["features"]?.AsArray().Single(e => (string?)e?["properties"]?["left"] == TestCity.Jia)?["properties"];
        ((string?)shared?["left_name"], (string?)shared?["right_name"], (bool?)shared?["district_line"], (string?)shared?["kind"]).ShouldBe(("甲街道", "乙街道", false, "land"));
        ((string?)shared?["legal_status"], (string?)shared?["edition"], (string?)shared?["source"]).ShouldBe(("schematic", "测试版", "tests"));
        shared?["committees"]?.ToJsonString().ShouldBe("[1]");
        ((double?)shared?["length_m"] ?? 0).ShouldBe(2217.2, 1);
    }

    [Fact]
    public async Task Water_comes_as_areas_and_its_banks_as_lines()
    {
        var waters = await city.As("wall").GetJson("/api/waters?f=geojson");

        waters["features"]?.AsArray().Select(f => ((string?)f?["properties"]?["kind"], (string?)f?["geometry"]?["type"])).ShouldBe([("river", "MultiPolygon"), ("bank", "LineString")]);
        waters["features"]?.AsArray().ShouldAllBe(f => (string?)f!["properties"]!["legal_status"] == "schematic");
    }

    [Fact]
    public async Task A_committee_shows_its_constitution_its_areas_and_its_members()
    {
        var list = await city.As("street-chief").GetJson("/api/committees");
        var one = await city.As("street-chief").GetJson("/api/committees/1");

        ((int?)list["total"], (string?)list["items"]?[0]?["constitution"]?["rota"], (int?)list["items"]?[0]?["member_count"]).ShouldBe((1, "monthly", 2));
        one["areas"]?.AsArray().Select(a => ((string?)a?["name"], (bool?)a?["lead"])).ShouldBe([("甲街道", true), ("乙街道", false)]);
        one["members"]?.AsArray().Select(m => (string?)m?["name"]).ShouldBe(["甲街道", "乙街道"]);
        (await (await city.As("street-chief").GetAsync("/api/committees/99", Ct)).Refusal(HttpStatusCode.NotFound)).ShouldContain("99");
    }

    [Fact]
    public async Task A_committees_layer_is_its_areas_joined_and_follows_its_changes()
    {
        var first = await city.As("wall").GetAsync("/api/committees?f=geojson", Ct);
        var box = (await first.Json())["features"]?[0]?["geometry"]?["coordinates"]?[0]?[0]?.AsArray();
        box?.Min(p => (double?)p?[0]).ShouldBe(114.28);
        box?.Max(p => (double?)p?[0]).ShouldBe(114.32);

        await city.Db.ExecuteAsync("UPDATE committees SET version = version + 1", Ct);

        (await city.As("wall").GetAsync("/api/committees?f=geojson", Ct)).Headers.ETag.ShouldNotBe(first.Headers.ETag);
    }

    [Fact]
    public async Task Stations_are_found_by_box_kind_and_street()
    {
        async Task<string?[]> Codes(string query) => [.. (await city.As("reporter").GetJson($"/api/stations?{query}"))["items"]?.AsArray().Select(s => (string?)s?["code"]) ?? []];

        (await Codes("")).ShouldBe(["st-1", "st-2"]);
        (await Codes("bbox=114.28,30.58,114.29,30.60")).ShouldBe(["st-1"]);
        (await Codes("kind=户外工作者驿站")).ShouldBe(["st-2"]);
        (await Codes($"street={TestCity.Jia}&limit=1")).ShouldBe(["st-1"]);
        (await city.As("reporter").GetJson("/api/stations?limit=1"))["items"]?[0]?.ToJsonString(OpsMap.Web.Json.Options).ShouldBe(
            """{"id":1,"code":"st-1","kind":"社区党群服务中心","name":"甲一社区党群服务中心","street":"420102001000","street_name":"甲街道","community":"420102001001","community_name":"甲一社区","services":["饮水","休息"],"hours":"08:30-20:30","capacity":20,"worker":"","opening_scope":"all","state":"open","lon":114.285,"lat":30.59}""");
    }

    [Fact]
    public async Task Categories_and_departments_are_short_lists()
    {
        (await city.As("reporter").GetJson("/api/categories"))["items"]?[0]?.ToJsonString(OpsMap.Web.Json.Options).ShouldBe(
            """{"code":"manhole","name_zh":"井盖破损","name_en":"Broken manhole cover","kind":"component","severity":2}""");
        (await city.As("reporter").GetJson("/api/departments"))["items"]?[2]?.ToJsonString(OpsMap.Web.Json.Options).ShouldBe("""{"code":"lighting","name":"路灯管理处","level":"city","area_code":null}""");
    }
}
