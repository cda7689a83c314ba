using System.Net;
using System.Text.Json.Nodes;
using OpsMap.Data;

namespace OpsMap.Tests.Incidents;

/// <summary>Reading, filing by hand and moving a case, through the front door.</summary>
public sealed class IncidentTests(City city) : IClassFixture<City>
{
    private static int _count;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<long> Given(double lon = 114.29, double lat = 30.59, string category = "manhole", string? reportedAt = null)
    {
        var item = new JsonObject { ["source_id"] = $"i-{Interlocked.Increment(ref _count)}", ["category"] = category, ["title"] = "井盖破损", ["lon"] = lon, ["lat"] = lat, ["datum"] = "wgs84", ["reported_at"] = reportedAt };
        var receipt = await (await city.Feed().PostText("/api/feeds/test/incidents", item.ToJsonString())).Json();
        return (long?)receipt["ids"]?[0] ?? throw new InvalidOperationException(receipt.ToJsonString());
    }

    private async Task<JsonNode> Move(string user, long id, string to, string? unit = null, string? reason = null)
    {
        var answer = await city.As(user).Post($"/api/incidents/{id}/transitions", new { to, unit, reason });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Json();
    }

    private async Task<long[]> Ids(string user, string query) =>
        [.. (await city.As(user).GetJson($"/api/incidents?limit=1000&{query}"))["items"]?.AsArray().Select(i => (long?)i?["id"] ?? 0) ?? []];

    [Fact]
    public async Task A_case_walks_the_whole_loop_and_every_step_is_history_change_and_audit()
    {
        var id = await Given();

        await Move("operator", id, "filed");
        var dispatched = await Move("dispatcher", id, "dispatched", "office-420102001");
        await Move("responder", id, "handling");
        await Move("responder", id, "fed_back");
        await Move("operator", id, "closed");
        var end = await Move("duty-lead", id, "evaluated");

        ((string?)dispatched["unit"], (int?)dispatched["version"]).ShouldBe(("office-420102001", 3));
        end["history"]?.AsArray().Select(h => ((string?)h?["actor"], (string?)h?["from"], (string?)h?["to"])).ShouldBe(
        [
            ("feed:test", null, "reported"), ("user:operator", "reported", "filed"), ("user:dispatcher", "filed", "dispatched"), ("user:responder", "dispatched", "handling"),
            ("user:responder", "handling", "fed_back"), ("user:operator", "fed_back", "closed"), ("user:duty-lead", "closed", "evaluated"),
        ]);
        ((string?)(await city.As("street-chief").GetJson($"/api/incidents/{id}"))["feed_name"]).ShouldBe("测试数据源"); // who may not list feeds reads the name here
        (end["closed_at"] is not null, end["moves"]?.AsArray().Count).ShouldBe((true, 0));
        (await city.Db.QueryAsync("SELECT version, body->>'status' FROM changes WHERE topic = 'incidents' AND id = $1 ORDER BY seq", r => (r.GetInt32(0), r.GetString(1)), Ct, id)).ShouldBe(
            [(1, "reported"), (2, "filed"), (3, "dispatched"), (4, "handling"), (5, "fed_back"), (6, "closed"), (7, "evaluated")]);
        (await city.Db.QueryAsync("SELECT actor, role FROM audit WHERE subject = $1 AND operation = 'incidents.move' ORDER BY id LIMIT 2", r => (r.GetString(0), r.GetString(1)), Ct, $"incidents:{id}"))
            .ShouldBe([("user:operator", "operator"), ("user:dispatcher", "dispatcher")]);
    }

    [Fact]
    public async Task A_move_that_is_not_possible_is_refused_and_the_answer_names_what_can_be_done()
    {
        var id = await Given();
        await Move("operator", id, "filed");
        await Move("operator", id, "closed");

        var detail = await (await city.As("dispatcher").Post($"/api/incidents/{id}/transitions", new { to = "dispatched", unit = "lighting" })).Refusal(HttpStatusCode.Conflict);

        detail.ShouldContain("closed");
        detail.ShouldContain("evaluated (operator or duty-lead)");
    }

    [Fact]
    public async Task A_step_of_another_role_is_forbidden()
    {
        var id = await Given();

        (await (await city.As("dispatcher").Post($"/api/incidents/{id}/transitions", new { to = "filed" })).Refusal(HttpStatusCode.Forbidden)).ShouldContain("dispatcher");
        (await city.As("street-chief").Post($"/api/incidents/{id}/transitions", new { to = "filed" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await city.As("planner").Post($"/api/incidents/{id}/transitions", new { to = "filed" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("dispatcher", """{"to":"dispatched"}""", "unit is missing")]
    [InlineData("dispatcher", """{"to":"dispatched","unit":"no-such"}""", "'no-such'")]
    [InlineData("operator", """{"to":"void"}""", "reason is missing")]
    [InlineData("dispatcher", """{"to":"hung","reason":" "}""", "reason is missing")]
    [InlineData("operator", """{"to":"vanished"}""", "'vanished'")]
    [InlineData("operator", """{}""", "send one of reported")]
    [InlineData("operator", """{"to":"void","reason":"a\u0000b"}""", "U+0000")]
    [InlineData("operator", """{"to":"void","reason":"x","colour":"red"}""", "colour")]
    [InlineData("operator", """nonsense""", "line 1")]
    public async Task A_move_without_what_it_needs_says_what_to_send(string user, string body, string quoted)
    {
        var id = await Given();
        await Move("operator", id, "filed");

        (await (await city.As(user).PostText($"/api/incidents/{id}/transitions", body)).Refusal(HttpStatusCode.BadRequest)).ShouldContain(quoted);
    }

    [Fact]
    public async Task Of_two_who_move_a_case_at_once_one_wins_and_the_other_learns_where_it_is_now()
    {
        for (var round = 0; round < 5; round++)
        {
            var id = await Given();

            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => city.As(i % 2 == 0 ? "operator" : "duty-lead").Post($"/api/incidents/{id}/transitions", new { to = "filed" })));

            answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
            foreach (var lost in answers.Where(a => a.StatusCode != HttpStatusCode.OK)) (await lost.Refusal(HttpStatusCode.Conflict)).ShouldContain("filed");
            (await city.As("operator").GetJson($"/api/incidents/{id}"))["history"]?.AsArray().Count.ShouldBe(2);
        }
    }

    [Fact]
    public async Task A_street_sees_its_own_cases_and_those_in_the_corridor_that_it_shares_a_committee_for()
    {
        var inJia = await Given();
        var inJiaByYi = await Given(TestCity.InJiaByYi.Lon, TestCity.InJiaByYi.Lat);
        var inBingByJia = await Given(114.29, 30.6001);

        long[] all = [inJia, inJiaByYi, inBingByJia];
        async Task<IEnumerable<long>> Sees(string user) => (await Ids(user, "")).Intersect(all).Order();
        (await Sees("street-chief")).ShouldBe([inJia, inJiaByYi]);
        (await Sees("street-staff")).ShouldBe([inJiaByYi]);
        (await Sees("chief-of-bing")).ShouldBe([inBingByJia]);
    }

    [Fact]
    public async Task A_case_out_of_scope_is_not_there_and_asking_leaves_a_trace()
    {
        var id = await Given(114.31, 30.61);

        (await (await city.As("street-chief").GetAsync($"/api/incidents/{id}", Ct)).Refusal(HttpStatusCode.NotFound)).ShouldContain($"{id}");

        (await city.Db.QueryAsync("SELECT actor, operation, outcome FROM audit WHERE subject = $1", r => (r.GetString(0), r.GetString(1), r.GetString(2)), Ct, $"incidents:{id}"))
            .ShouldBe([("user:street-chief", "incidents.read", "refused")]);
        (await city.As("operator").GetAsync("/api/incidents/999999999", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_unit_sees_a_case_while_it_has_it_in_hand_and_the_log_tells_who_saw_it_before()
    {
        var id = await Given(114.31, 30.61);
        await Move("operator", id, "filed");
        (await city.As("responder").GetAsync($"/api/incidents/{id}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await Move("dispatcher", id, "dispatched", "office-420102001");

        (await city.As("responder").GetJson($"/api/incidents/{id}"))["moves"]?.AsArray().Select(m => (string?)m?["to"]).ShouldBe(["handling", "returned"]);
        var scopes = await city.Db.QueryOneAsync("SELECT scopes_before, scopes_after FROM changes WHERE topic = 'incidents' AND id = $1 ORDER BY seq DESC LIMIT 1",
            r => (r.GetFieldValue<string[]>(0), r.GetFieldValue<string[]>(1)), Ct, id);
        scopes.Item1.ShouldBe([$"street:{TestCity.Ding}"]);
        scopes.Item2.ShouldBe([$"street:{TestCity.Ding}", "unit:office-420102001"]);

        await Move("responder", id, "returned", reason: "不属于本单位");
        await Move("dispatcher", id, "dispatched", "lighting");

        (await city.As("responder").GetAsync($"/api/incidents/{id}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_list_is_narrowed_by_each_of_its_filters()
    {
        var id = await Given(114.3101, 30.6111, "street-light", "2026-05-05T05:00:00+08:00");
        var other = await Given(114.3101, 30.6222, "kept-as-sent", "2026-05-04T05:00:00+08:00");
        await Move("operator", id, "filed");

        foreach (var filter in new[] { "bbox=114.31,30.611,114.3102,30.6112", "category=street-light", $"street={TestCity.Ding}&status=filed", "status=filed,closed&since=2026-05-05T05:00:00%2B08:00&category=street-light" })
            (await Ids("operator", filter)).ShouldBe([id], filter);
        (await Ids("operator", "category=unclassified")).ShouldBe([other]);
        (await Ids("operator", "committee=1")).ShouldNotContain(id);
        (await Ids("operator", "bbox=114.31,30.61110001,114.3102,30.6112")).ShouldNotContain(id);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_hole_and_the_total_stays()
    {
        for (var i = 0; i < 5; i++) await Given(114.3001 + i * 0.0001, 30.6199);
        const string box = "bbox=114.30005,30.6198,114.31,30.61995";

        var pages = new List<JsonNode>();
        for (string? next = ""; next is not null; next = (string?)pages[^1]["next"]) pages.Add(await city.As("operator").GetJson($"/api/incidents?limit=2&cursor={next}&{box}"));

        var ids = pages.SelectMany(p => p["items"]?.AsArray().Select(i => (long?)i?["id"] ?? 0) ?? []).ToArray();
        ids.ShouldBe([.. ids.Distinct().OrderDescending()]);
        (ids.Length, pages.Count).ShouldBe((5, 3));
        pages.ShouldAllBe(p => (int?)p["total"] == 5);
    }

    [Theory]
    [InlineData("bbox=1,2,3", "'1,2,3'")]
    [InlineData("bbox=NaN,2,3,4", "'NaN'")]
    [InlineData("bbox=5,2,3,4", "west 5")]
    [InlineData("bbox=1,9,3,4", "south 9")]
    [InlineData("bbox=1,2,300,4", "'1,2,300,4'")]
    [InlineData("bbox=1e999,2,3,4", "'1e999'")]
    [InlineData("status=open", "'open'")]
    [InlineData("limit=-1", "'-1'")]
    [InlineData("since=2026-01-01", "'2026-01-01'")]
    [InlineData("committee=x", "'x'")]
    public async Task A_filter_that_makes_no_sense_is_refused_with_its_value(string query, string quoted) =>
        (await (await city.As("operator").GetAsync($"/api/incidents?{query}", Ct)).Refusal(HttpStatusCode.BadRequest)).ShouldContain(quoted);

    [Theory]
    [InlineData("street=' OR 1=1 --")]
    [InlineData("category=%25%27%3BDROP TABLE incidents%3B--")]
    [InlineData("category={\"a\":1}")]
    public async Task A_filter_that_is_an_attack_is_a_text_that_nothing_matches(string query) => (await Ids("operator", query)).ShouldBeEmpty();

    [Fact]
    public async Task Somebody_files_by_hand_and_is_named_as_who_did()
    {
        var answer = await city.As("reporter").Post("/api/incidents", new { category = "manhole", title = "井盖不见了", lon = 114.31, lat = 30.59, datum = "wgs84" });

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var incident = await answer.Json();
        answer.Headers.Location?.ToString().ShouldBe($"/api/incidents/{incident["id"]}");
        ((string?)incident["area"]?["code"], (string?)incident["history"]?[0]?["actor"], incident["feed"]).ShouldBe((TestCity.Yi, "user:reporter", null));
        (await Ids("reporter", "")).ShouldContain((long?)incident["id"] ?? 0);
        (await city.Db.QueryAsync("SELECT actor, role FROM audit WHERE subject = $1", r => (r.GetString(0), r.GetString(1)), Ct, $"incidents:{incident["id"]}")).ShouldBe([("user:reporter", "reporter")]);
    }

    [Theory]
    [InlineData("""{"title":"t","lon":114.29,"lat":30.59,"datum":"wgs84"}""", "category is missing")]
    [InlineData("""{"category":"manhole","lon":114.29,"lat":30.59,"datum":"wgs84"}""", "title is missing")]
    [InlineData("""{"category":"manhole","title":"t","lon":114.29,"lat":30.59}""", "datum is missing")]
    [InlineData("""{"category":"manhole","title":"t"}""", "lon and lat are missing")]
    [InlineData("""{"category":"manhole","title":"t","lon":30.59,"lat":114.29,"datum":"wgs84"}""", "swapped")]
    [InlineData("""{"category":"manhole","title":"t","source_id":"x"}""", "'source_id'")]
    [InlineData("""[]""", "an array")]
    public async Task What_is_filed_by_hand_must_say_what_and_where(string body, string quoted) =>
        (await (await city.As("operator").PostText("/api/incidents", body)).Refusal(HttpStatusCode.BadRequest)).ShouldContain(quoted);

    [Fact]
    public async Task The_admin_and_a_feeds_key_read_no_cases()
    {
        (await city.As("admin").GetAsync("/api/incidents", Ct)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await city.Feed().GetAsync("/api/incidents", Ct)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await city.Anonymous().GetAsync("/api/incidents", Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
