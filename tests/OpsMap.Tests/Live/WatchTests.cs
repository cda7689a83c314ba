using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsMap.Data;
using OpsMap.People;

namespace OpsMap.Tests.Live;

/// <summary>What a client of the hub is shown.</summary>
public sealed class WatchTests(City city) : IClassFixture<City>
{
    private static readonly string[] Everything = ["incidents", "areas", "committees", "stations", "feeds", "patrols", "gaps", "positions"];
    private static readonly double[] West = [114.28, 30.58, 114.30, 30.62], East = [114.3001, 30.58, 114.32, 30.62];

    [Fact]
    public async Task The_first_snapshot_is_the_picture_and_a_committed_change_follows_it()
    {
        await using var client = await LiveClient.WatchAsync(city, "operator", new { topics = Everything });
        client.Items("areas").Count.ShouldBe(9);
        client.Items("committees").Values.Single()["areas"]?.AsArray().Select(a => (string?)a).ShouldBe([TestCity.Jia, TestCity.Yi]);
        client.Items("stations").Count.ShouldBe(2);
        client.Items("feeds").Count.ShouldBe(2);

        var id = await city.GivenIncident(TestCity.InJia, TestCity.Jia);

        await client.Until("the incident is there", c => c.Items("incidents").ContainsKey(id));
        var item = client.Items("incidents")[id].AsObject();
        item.Select(p => p.Key).Order().ShouldBe(["area", "category", "class", "feed", "id", "lat", "lon", "moved_at", "reported_at", "responsibility_class", "source_id", "status", "title", "unit", "version"]);
        ((string?)item["area"]?["name"], (string?)item["status"], (string?)item["feed"], (string?)item["class"]).ShouldBe(("甲街道", "reported", "test", "manhole"));
    }

    [Fact]
    public async Task Two_clients_with_different_views_each_see_what_lies_in_theirs()
    {
        await using var west = await LiveClient.WatchAsync(city, "operator", new { topics = new[] { "incidents" }, bbox = West });
        await using var east = await LiveClient.WatchAsync(city, "operator", new { topics = new[] { "incidents" }, bbox = East });

        var id = await city.GivenIncident(TestCity.InJia, TestCity.Jia);
        await west.Until("the west has it", c => c.Items("incidents").ContainsKey(id));
        await city.Change(id, "geom = ST_SetSRID(ST_MakePoint(114.31, 30.59), 4326)");

        await east.Until("the east has it", c => c.Items("incidents").ContainsKey(id));
        await west.Until("the west has lost it", c => !c.Items("incidents").ContainsKey(id));
        west.Ops.ShouldContain(("incidents", "drop", id));
        east.Ops.ShouldNotContain(("incidents", "drop", id));
    }

    [Fact]
    public async Task A_look_elsewhere_is_followed_by_the_snapshot_of_the_new_view()
    {
        var (inWest, inEast) = (await city.GivenIncident(TestCity.InJia, TestCity.Jia), await city.GivenIncident(TestCity.InYi, TestCity.Yi));
        await using var client = await LiveClient.WatchAsync(city, "operator", new { topics = new[] { "incidents" }, bbox = West });
        await client.Until("the west is shown", c => c.Items("incidents").ContainsKey(inWest));
        client.Items("incidents").ShouldNotContainKey(inEast);

        var view = await client.Look(new { bbox = East });

        view.ShouldBe(2);
        await client.Until("the east is shown", c => c.View == view && c.Items("incidents").ContainsKey(inEast));
        client.Items("incidents").ShouldNotContainKey(inWest);
    }

    [Fact]
    public async Task A_client_that_comes_back_is_sent_what_it_missed_and_nothing_else()
    {
        var session = await LiveClient.SignInAsync(city, "operator");
        var first = await LiveClient.WatchAsync(city, session, new { topics = Everything });
        await first.DisposeAsync();
        var (put, dropped) = (await city.GivenIncident(TestCity.InJia, TestCity.Jia), await city.GivenIncident(TestCity.InJia, TestCity.Jia));
        await city.Change(dropped, "live = false");

        await using var again = await LiveClient.WatchAsync(city, session, new { topics = Everything, since = first.To, epoch = first.Epoch });

        await again.Until("it has caught up", c => c.Ops.Contains(("incidents", "drop", dropped)));
        again.Frames.ShouldAllBe(f => f.Kind != "snapshot");
        again.Ops.Where(o => o.Topic == "incidents").ShouldBe([("incidents", "put", put), ("incidents", "put", dropped), ("incidents", "drop", dropped)]);
    }

    [Theory]
    [InlineData(null, "00000000-0000-0000-0000-000000000000")]
    [InlineData(1_000_000_000L, null)]
    public async Task Numbers_of_another_epoch_or_never_given_lead_to_a_snapshot(long? since, string? epoch)
    {
        await using var known = await LiveClient.WatchAsync(city, "operator", new { topics = Everything });

        await using var client = await LiveClient.WatchAsync(city, "operator", new { topics = Everything, since = since ?? known.To, epoch = epoch ?? known.Epoch });

        client.Frames[0].Kind.ShouldBe("snapshot");
        client.Items("areas").Count.ShouldBe(9);
    }

    [Fact]
    public async Task An_areas_view_shows_what_belongs_to_it_to_what_lies_inside_and_to_what_lies_around()
    {
        var (jia, ding, nobodys) = (await city.GivenIncident(TestCity.InJia, TestCity.Jia), await city.GivenIncident(TestCity.InDing, TestCity.Ding), await city.GivenIncident(null, null));

        await using var district = await LiveClient.WatchAsync(city, "operator", new { topics = Everything, areas = new[] { "420102000000" } });
        await using var community = await LiveClient.WatchAsync(city, "operator", new { topics = Everything, areas = new[] { "420102001001" } });

        foreach (var client in new[] { district, community })
        {
            await client.Until("甲's incident is shown", c => c.Items("incidents").ContainsKey(jia));
            client.Items("incidents").Keys.ShouldNotContain(ding);
            client.Items("incidents").Keys.ShouldNotContain(nobodys);
            client.Items("feeds").Count.ShouldBe(2);
        }
        district.Items("areas").Values.Select(a => (string?)a["name"]).Order().ShouldBe(["丙街道", "东区", "乙街道", "测试市", "甲一社区", "甲二社区", "甲街道"], ignoreOrder: true);
        community.Items("areas").Values.Select(a => (string?)a["name"]).ShouldBe(["东区", "测试市", "甲一社区", "甲街道"], ignoreOrder: true);
        community.Items("stations").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Filters_hide_what_they_speak_of_and_nothing_else()
    {
        var (light, unknown) = (await city.GivenIncident(TestCity.InJia, TestCity.Jia, category: "street-light"), await city.GivenIncident(TestCity.InJia, TestCity.Jia, category: "ufo"));
        await using var client = await LiveClient.WatchAsync(city, "operator", new { topics = Everything, filters = new { category = new[] { "street-light", "unclassified" }, status = new[] { "reported" }, level = new[] { "street" } } });
        await client.Until("both are shown", c => c.Items("incidents").ContainsKey(light) && c.Items("incidents").ContainsKey(unknown));
        client.Items("incidents").Values.Select(i => (string?)i["category"]).ShouldAllBe(c => c == "street-light" || c == "ufo");
        client.Items("areas").Count.ShouldBe(4);
        client.Items("stations").Count.ShouldBe(2);

        await city.Change(light, "status = 'filed'");

        await client.Until("the filed one is gone", c => !c.Items("incidents").ContainsKey(light));
    }

    [Fact]
    public async Task A_report_without_a_place_is_in_every_bbox()
    {
        await using var client = await LiveClient.WatchAsync(city, "operator", new { topics = new[] { "incidents" }, bbox = new[] { 0.0, 0, 1, 1 } });

        var id = await city.GivenIncident(null, null);

        await client.Until("it is shown", c => c.Items("incidents").ContainsKey(id));
        client.Items("incidents")[id]["lon"].ShouldBeNull();
    }

    [Fact]
    public async Task A_street_chief_sees_the_own_and_the_shared_and_a_case_that_changes_street_leaves_one_and_enters_the_other()
    {
        await using var jia = await LiveClient.WatchAsync(city, "street-chief", new { topics = new[] { "incidents", "stations" } });
        await using var bing = await LiveClient.WatchAsync(city, "chief-of-bing", new { topics = new[] { "incidents" } });
        await using var centre = await LiveClient.WatchAsync(city, "wall", new { topics = new[] { "incidents" } });

        var own = await city.GivenIncident(TestCity.InJia, TestCity.Jia);
        var shared = await city.GivenIncident(TestCity.InYi, TestCity.Yi, [$"street:{TestCity.Yi}", $"street:{TestCity.Jia}"]);
        var foreign = await city.GivenIncident(TestCity.InDing, TestCity.Ding);
        await city.Change(own, $"area_code = '{TestCity.Bing}', scopes = '{{street:{TestCity.Bing}}}'");

        await centre.Until("the centre sees all", c => new[] { own, shared, foreign }.All(c.Items("incidents").ContainsKey) && c.To >= jia.To);
        await bing.Until("the case has entered 丙", c => c.Items("incidents").ContainsKey(own));
        await jia.Until("the case has left 甲", c => c.Ops.Contains(("incidents", "drop", own)));
        jia.Items("incidents").ShouldContainKey(shared);
        jia.Ops.ShouldNotContain(o => o.Id == foreign);
        bing.Ops.ShouldNotContain(o => o.Id == shared || o.Op == "drop");
        jia.Items("stations").Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_quiet_stream_beats_at_least_every_five_seconds()
    {
        await using var client = await LiveClient.WatchAsync(city, "reporter", new { topics = new[] { "incidents" } });

        await client.Until("it has beaten", c => c.Frames.Any(f => f.Kind == "beat"));

        long[] times = [client.Frames[0].Received, .. client.Frames.Where(f => f.Kind == "beat").Select(f => f.Received)];
        times.Zip(times.Skip(1)).ShouldAllBe(pair => pair.Second - pair.First <= 5000);
    }

    [Fact]
    public async Task Positions_come_first_in_full_and_then_as_they_move_and_leave_with_the_view()
    {
        await city.GivenPosition("jia-foot-1", TestCity.InJia);
        await city.GivenPosition("yi-foot-1", TestCity.InYi);
        await using var centre = await LiveClient.WatchAsync(city, "wall", new { topics = new[] { "positions" }, bbox = West });
        await using var patroller = await LiveClient.WatchAsync(city, "patroller", new { topics = new[] { "positions" } });
        await centre.Until("甲's unit is shown", c => c.Items("positions").Values.Any(p => (string?)p["unit"] == "jia-foot-1" && (string?)p["name"] == "甲巡查01组"));
        centre.Items("positions").Count.ShouldBe(1);

        await city.GivenPosition("jia-foot-1", TestCity.InYi);
        await city.GivenPosition("yi-foot-1", TestCity.InJia);

        await centre.Until("it has left and the other has come", c => c.Items("positions").Values.SingleOrDefault() is { } only && (string?)only["unit"] == "yi-foot-1");
        await patroller.Until("the patroller sees the own unit", c => c.Items("positions").Values.SingleOrDefault() is { } only && (string?)only["unit"] == "jia-foot-1");
        await centre.Look(new { });
        await centre.Until("both are shown", c => c.View == 2 && c.Items("positions").Count == 2);
    }

    [Fact]
    public async Task The_end_of_the_session_ends_the_stream()
    {
        var session = await LiveClient.SignInAsync(city, "dispatcher");
        await using var client = await LiveClient.WatchAsync(city, session, new { topics = new[] { "incidents" } });

        using var http = new HttpClient(new HttpClientHandler { CookieContainer = session }) { BaseAddress = city.Url };
        (await http.DeleteAsync("/api/session")).EnsureSuccessStatusCode();

        (await client.Ended.WaitAsync(TimeSpan.FromSeconds(15))).ShouldNotBeNull().ShouldContain("The session has ended");
    }

    [Fact]
    public async Task A_change_of_rights_gives_a_new_picture_and_no_way_back_to_the_old_numbers()
    {
        var id = await city.GivenIncident(TestCity.InYi, TestCity.Yi);
        var session = await LiveClient.SignInAsync(city, "street-staff");
        await using var client = await LiveClient.WatchAsync(city, session, new { topics = new[] { "incidents" } });
        await client.Until("乙's incident is shown", c => c.Items("incidents").ContainsKey(id));
        var epoch = client.Epoch;

        await city.Db.ExecuteAsync("UPDATE users SET area_code = '420103001000', version = version + 1 WHERE name = 'street-staff'", CancellationToken.None);
        city.Services.GetRequiredService<CallerStore>().ForgetAll();

        await client.Until("乙's incident is gone", c => !c.Items("incidents").ContainsKey(id), TimeSpan.FromSeconds(30));
        client.Epoch.ShouldNotBe(epoch);
    }

    [Theory]
    [InlineData("""{}""", "topics is missing")]
    [InlineData("""{"topics": []}""", "topics is empty")]
    [InlineData("""{"topics": "incidents"}""", "topics")]
    [InlineData("""{"topics": ["incidents", "secrets"]}""", "'secrets'")]
    [InlineData("""{"topics": ["incidents"], "bbox": [1, 2, 3]}""", "bbox")]
    [InlineData("""{"topics": ["incidents"], "bbox": [1, 2, 3, 1e999]}""", "bbox")]
    [InlineData("""{"topics": ["incidents"], "bbox": ["1", 2, 3, 4]}""", "bbox")]
    [InlineData("""{"topics": ["incidents"], "bbox": [3, 2, 1, 4]}""", "ends before it begins")]
    [InlineData("""{"topics": ["incidents"], "areas": [1]}""", "areas")]
    [InlineData("""{"topics": ["incidents"], "filters": {"colour": ["red"]}}""", "'colour'")]
    [InlineData("""{"topics": ["incidents"], "filters": {"status": "reported"}}""", "filters.status")]
    [InlineData("""{"topics": ["incidents"], "since": -1}""", "since")]
    [InlineData("""{"topics": ["incidents"], "since": 1.5}""", "since")]
    [InlineData("""{"topics": ["incidents"], "epoch": 7}""", "epoch")]
    [InlineData("""{"topics": ["incidents"], "where": "1=1"}""", "'where'")]
    [InlineData("""[["incidents"]]""", "one object")]
    [InlineData("""null""", "one object")]
    public async Task What_the_contract_does_not_know_is_refused_by_name_and_the_connection_lives_on(string query, string named)
    {
        await using var client = await LiveClient.ConnectAsync(city.Url, await Session());

        (await client.WatchAgain(JsonDocument.Parse(query).RootElement)).ShouldContain(named);

        await client.Watch(new { topics = new[] { "areas" } });
        await client.Until("a good one is answered", c => c.Items("areas").Count == 9);
    }

    [Fact]
    public async Task More_than_five_hundred_areas_are_refused()
    {
        await using var client = await LiveClient.ConnectAsync(city.Url, await Session());

        (await client.WatchAgain(new { topics = new[] { "areas" }, areas = Enumerable.Range(0, 501).Select(i => $"{i}") })).ShouldContain("501");
    }

    [Fact]
    public async Task A_second_stream_a_look_without_one_and_a_topic_without_the_right_are_refused_by_name()
    {
        await using var client = await LiveClient.ConnectAsync(city.Url, await Session());
        (await Should.ThrowAsync<LiveRefusal>(client.Look(new { }))).Message.ShouldContain("Look before Watch");
        await client.Watch(new { topics = new[] { "areas" } });
        await client.Until("the stream runs", c => c.To >= 0);

        (await client.WatchAgain(new { topics = new[] { "areas" } })).ShouldContain("has its stream already");
        (await Should.ThrowAsync<LiveRefusal>(client.Look(new { bbox = "everywhere" }))).Message.ShouldContain("bbox");

        await using var reporter = await LiveClient.ConnectAsync(city.Url, await LiveClient.SignInAsync(city, "reporter"));
        (await reporter.WatchAgain(new { topics = new[] { "incidents", "positions" } })).ShouldContain("'positions'");
    }

    [Fact]
    public async Task Strangers_feeds_and_pages_of_other_sites_are_kept_out()
    {
        async Task Refused(string? origin, CookieContainer cookies, HttpStatusCode status)
        {
            using var http = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = city.Url };
            if (origin is not null) http.DefaultRequestHeaders.Add("Origin", origin);
            (await http.GetAsync("/live")).StatusCode.ShouldBe(status);
            await Should.ThrowAsync<WebSocketException>(LiveClient.ConnectAsync(city.Url, cookies, origin));
        }

        await Refused(null, new CookieContainer(), HttpStatusCode.Unauthorized);
        await Refused("http://elsewhere.example", await Session(), HttpStatusCode.Forbidden);
        await Refused("null", await Session(), HttpStatusCode.Forbidden);
        (await city.Feed().GetAsync("/live")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await (await LiveClient.ConnectAsync(city.Url, await Session(), city.Url.GetLeftPart(UriPartial.Authority))).DisposeAsync();
    }

    [Fact]
    public async Task Where_no_WebSocket_gets_through_long_polling_carries_the_stream()
    {
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = await Session() }) { BaseAddress = city.Url };
        var id = (string?)(await (await http.PostText("/live/negotiate?negotiateVersion=1", "")).Json())["connectionToken"];
        Task<HttpResponseMessage> Send(string record) => http.PostText($"/live?id={id}", record + '\u001e', "text/plain");
        await http.GetAsync($"/live?id={id}"); // the first poll opens the connection
        (await Send("""{"protocol":"json","version":1}""")).EnsureSuccessStatusCode();
        (await Send("""{"type":4,"invocationId":"1","target":"Watch","arguments":[{"topics":["committees"]}]}""")).EnsureSuccessStatusCode();

        var heard = "";
        await Answers.Eventually("the snapshot has come", async () => (heard += await http.GetStringAsync($"/live?id={id}")).Contains("甲乙区域联合党委"));

        heard.ShouldContain("\"kind\":\"snapshot\"");
        await http.DeleteAsync($"/live?id={id}");
    }

    private Task<CookieContainer> Session() => LiveClient.SignInAsync(city, "operator");
}
