using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using OpsMap.Data;

namespace OpsMap.Tests.Feeds;

public sealed class FixTests(City city) : IClassFixture<City>
{
    private static readonly DateTimeOffset Now = new(TimeProvider.System.GetUtcNow().Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    private static string At(double secondsAgo) => Now.AddSeconds(-secondsAgo).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Fix(string unit, double secondsAgo, double lon = 114.29, string more = "") =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"unit":"{{unit}}","at":"{{At(secondsAgo)}}","lon":{{lon}},"lat":30.59,"datum":"wgs84"{{more}}}""");

    private async Task<JsonNode> Send(string body, string type = "application/x-ndjson")
    {
        var answer = await city.Feed().PostText("/api/feeds/test/fixes", body, type);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Json();
    }

    private Task<List<(double Lon, DateTimeOffset At)>> Position(string unit) =>
        city.Db.QueryAsync("SELECT lon, at FROM positions WHERE unit_code = $1", r => (r.GetDouble(0), r.GetFieldValue<DateTimeOffset>(1)), TestContext.Current.CancellationToken, unit);

    [Fact]
    public async Task Fixes_are_kept_once_and_the_latest_by_its_own_time_is_where_the_unit_is()
    {
        var first = await Send($"{Fix("jia-foot-1", 30, 114.281)}\n{Fix("jia-foot-1", 10, 114.283, ",\"accuracy_m\":5,\"speed_mps\":1.2,\"heading_deg\":90")}\n{Fix("jia-foot-1", 20, 114.282)}\n");
        var second = await Send($"[{Fix("jia-foot-1", 40, 114.28)},{Fix("jia-foot-1", 30, 114.281)}]", "application/json");

        ((int?)first["accepted"], (int?)first["duplicates"]).ShouldBe((3, 0));
        ((int?)second["accepted"], (int?)second["duplicates"]).ShouldBe((1, 1));
        first["ids"]?.AsArray().Select(n => (long?)n).Distinct().ShouldBe([(long?)second["ids"]?[1]]);
        (await Position("jia-foot-1")).ShouldBe([(114.283, Now.AddSeconds(-10))]);
        (await city.Db.QueryOneAsync("SELECT count(*) FROM fixes WHERE unit_code = 'jia-foot-1'", r => r.GetInt64(0), TestContext.Current.CancellationToken)).ShouldBe(4);
    }

    [Fact]
    public async Task A_unit_cannot_have_been_at_two_places_at_one_instant_and_the_first_is_kept()
    {
        await Send(Fix("yi-foot-1", 300, 114.31));

        var receipt = await Send($"{Fix("yi-foot-1", 300, 114.32)}\n{Fix("yi-foot-1", 300, 114.31)}");

        ((string?)receipt["rejected"]?[0]?["reason"], (int?)receipt["duplicates"]).ShouldBe(("conflict", 1));
    }

    [Fact]
    public async Task A_bad_fix_is_named_with_its_unit_and_the_others_are_kept()
    {
        var receipt = await Send(string.Join('\n',
            Fix("stranger", 1), Fix("yi-foot-1", -3600), Fix("yi-foot-1", 86400 * 8), """{"unit":"yi-foot-1","lon":114.3,"lat":30.59,"datum":"wgs84"}""",
            Fix("yi-foot-1", 2, 500), Fix("yi-foot-1", 2, 114.3, ",\"heading_deg\":400"), Fix("yi-foot-1", 2, 114.3, ",\"altitude\":4"), Fix("yi-foot-1", 2).Replace(",\"datum\":\"wgs84\"", ""), "nonsense", Fix("yi-foot-1", 1)));

        receipt["rejected"]?.AsArray().Select(r => ((int?)r?["index"], (string?)r?["reason"])).ShouldBe(
            [(0, "unknown_unit"), (1, "bad_time"), (2, "bad_time"), (3, "bad_time"), (4, "bad_coordinate"), (5, "bad_field"), (6, "unknown_field"), (7, "datum_missing"), (8, "bad_json")]);
        ((int?)receipt["accepted"], (string?)receipt["rejected"]?[0]?["source_id"]).ShouldBe((1, "stranger"));
        receipt["ids"]?.AsArray().Count(id => id is null).ShouldBe(9);
    }

    [Fact]
    public async Task Many_senders_of_many_units_at_once_leave_each_unit_at_its_latest()
    {
        await city.Db.ExecuteAsync("INSERT INTO units (code, name, kind) SELECT 'many-' || i, 'x', 'foot' FROM generate_series(1, 40) i", TestContext.Current.CancellationToken);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(k => Send(string.Join('\n', Enumerable.Range(1, 40).OrderBy(_ => Random.Shared.Next()).Select(i => Fix($"many-{i}", 60 - k, 114.28 + k * 0.001))))));

        var at = await city.Db.QueryAsync("SELECT DISTINCT lon FROM positions WHERE unit_code LIKE 'many-%'", r => Math.Round(r.GetDouble(0), 6), TestContext.Current.CancellationToken);
        at.ShouldBe([114.287]);
    }

    [Fact]
    public async Task Units_are_listed_with_their_street_and_department()
    {
        var unit = (await city.As("planner").GetJson("/api/units"))["items"]?[0];

        unit?.ToJsonString(OpsMap.Web.Json.Options).ShouldBe(
            """{"id":1,"code":"jia-foot-1","name":"甲巡查01组","kind":"foot","street":"420102001000","street_name":"甲街道","department":"office-420102001"}""");
    }
}
