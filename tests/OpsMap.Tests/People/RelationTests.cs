using System.Net;
using System.Text.Json.Nodes;
using OpsMap.Data;

namespace OpsMap.Tests.People;

/// <summary>
/// Role x operation x relation for cases. 甲 (street-chief) and 乙 (street-staff) have a committee in common, 丙 (chief-of-bing) has none with either.
/// Reports: deep inside each street, on the line of 甲 and 乙, and on the line of 甲 and 丙.
/// </summary>
public sealed class RelationTests(City city) : IClassFixture<City>, IAsyncLifetime
{
    private static readonly (string Key, double Lon, double Lat)[] Places =
    [
        ("in-jia", 114.29, 30.59), ("in-yi", 114.31, 30.59), ("in-bing", 114.29, 30.61), ("in-ding", 114.31, 30.61),
        ("jia-by-yi", TestCity.InJiaByYi.Lon, TestCity.InJiaByYi.Lat), ("jia-by-bing", 114.29, 30.5999),
    ];

    private readonly Dictionary<string, long> _ids = [];

    public async ValueTask InitializeAsync()
    {
        var reports = Places.Select(p => new { source_id = p.Key, category = "manhole", title = p.Key, reported_at = "2026-11-20T08:00:00Z", lon = p.Lon, lat = p.Lat, datum = "wgs84" });
        var answer = await city.Feed().Post("/api/feeds/test/incidents", reports);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        foreach (var (place, id) in Places.Zip((await answer.Json())["ids"]?.AsArray() ?? [])) _ids[place.Key] = (long?)id ?? 0;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("street-chief", "in-jia,jia-by-yi,jia-by-bing")]
    [InlineData("street-staff", "in-yi,jia-by-yi")]
    [InlineData("chief-of-bing", "in-bing")]
    [InlineData("responder", "")]
    [InlineData("reporter", "")]
    [InlineData("patroller", "")]
    [InlineData("operator", "in-jia,in-yi,in-bing,in-ding,jia-by-yi,jia-by-bing")]
    [InlineData("planner", "in-jia,in-yi,in-bing,in-ding,jia-by-yi,jia-by-bing")]
    [InlineData("wall", "in-jia,in-yi,in-bing,in-ding,jia-by-yi,jia-by-bing")]
    [InlineData("auditor", "in-jia,in-yi,in-bing,in-ding,jia-by-yi,jia-by-bing")]
    public async Task A_street_sees_its_own_and_with_a_committee_in_common_what_lies_on_the_shared_line(string user, string expected)
    {
        string[] seen = expected.Split(',', StringSplitOptions.RemoveEmptyEntries);

        var list = await city.As(user).GetJson("/api/incidents?limit=1000");

        Titles(list).ShouldBe(seen, ignoreOrder: true);
        ((int?)list["total"]).ShouldBe(seen.Length, "a count tells as much as a row");
        foreach (var (key, _, _) in Places)
            (await city.As(user).GetAsync($"/api/incidents/{_ids[key]}")).StatusCode.ShouldBe(seen.Contains(key) ? HttpStatusCode.OK : HttpStatusCode.NotFound, $"{user} {key}");
    }

    [Fact]
    public async Task What_is_not_theirs_reads_like_what_is_not_there_and_the_attempt_is_on_record()
    {
        var foreign = await (await city.As("street-chief").GetAsync($"/api/incidents/{_ids["in-yi"]}")).Refusal(HttpStatusCode.NotFound);
        var missing = await (await city.As("street-chief").GetAsync("/api/incidents/999999")).Refusal(HttpStatusCode.NotFound);

        foreign.Replace(_ids["in-yi"].ToString(), "999999").ShouldBe(missing);
        var rows = await Refused("incidents.read", _ids["in-yi"]);
        rows.ShouldContain("user:street-chief");
        (await Refused("incidents.read", 999999)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_filter_does_not_reach_beyond_the_scope()
    {
        foreach (var query in new[] { $"street={TestCity.Yi}", "bbox=114.30,30.58,114.32,30.60", "category=manhole", "committee=1", $"street={TestCity.Bing},{TestCity.Ding}", "status=reported" })
            Titles(await city.As("street-chief").GetJson($"/api/incidents?{query}")).ShouldBeSubsetOf(["in-jia", "jia-by-yi", "jia-by-bing"]);
    }

    [Fact]
    public async Task Nobody_moves_a_case_that_is_not_theirs()
    {
        foreach (var (user, key) in new[] { ("street-chief", "in-yi"), ("street-staff", "in-jia"), ("chief-of-bing", "jia-by-bing"), ("responder", "in-jia") })
        {
            await (await city.As(user).Post($"/api/incidents/{_ids[key]}/transitions", new { to = "handling" })).Refusal(HttpStatusCode.NotFound);
            (await Refused("incidents.move", _ids[key])).ShouldContain($"user:{user}");
        }
        foreach (var user in new[] { "planner", "wall", "auditor", "admin", "reporter", "patroller" })
            await (await city.As(user).Post($"/api/incidents/{_ids["in-jia"]}/transitions", new { to = "void", reason = "x" })).Refusal(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_unit_sees_what_was_given_to_it_until_it_is_given_to_another()
    {
        var id = (long?)(await (await city.As("duty-lead").Post("/api/incidents", new { category = "street-light", title = "handed", lon = 114.31, lat = 30.61, datum = "wgs84" })).Json())["id"];
        await Move("duty-lead", id, new { to = "filed" });
        await Move("duty-lead", id, new { to = "dispatched", unit = "office-420102001" });
        Titles(await city.As("responder").GetJson("/api/incidents")).ShouldBe(["handed"]);

        await Move("responder", id, new { to = "returned", reason = "not ours" });
        await Move("duty-lead", id, new { to = "dispatched", unit = "lighting" });

        await (await city.As("responder").GetAsync($"/api/incidents/{id}")).Refusal(HttpStatusCode.NotFound);
        await city.Db.ExecuteAsync("DELETE FROM incidents WHERE title = 'handed'", default);
    }

    [Fact]
    public async Task Who_reports_sees_their_report_wherever_it_lies_and_nobody_elses()
    {
        var made = await (await city.As("reporter").Post("/api/incidents", new { category = "manhole", title = "mine", lon = 114.31, lat = 30.61, datum = "wgs84" })).Json();

        Titles(await city.As("reporter").GetJson("/api/incidents")).ShouldBe(["mine"]);
        await (await city.As("patroller").GetAsync($"/api/incidents/{made["id"]}")).Refusal(HttpStatusCode.NotFound);
        await city.Db.ExecuteAsync("DELETE FROM incidents WHERE title = 'mine'", default);
    }

    private async Task Move(string user, long? id, object to)
    {
        var answer = await city.As(user).Post($"/api/incidents/{id}/transitions", to);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    private static string[] Titles(JsonNode list) => [.. (list["items"]?.AsArray() ?? []).Select(i => (string?)i?["title"] ?? "")];

    private Task<List<string>> Refused(string operation, long id) =>
        city.Db.QueryAsync("SELECT actor FROM audit WHERE operation = $1 AND subject = $2 AND outcome = 'refused'", r => r.GetString(0), default, operation, $"incidents:{id}");
}
