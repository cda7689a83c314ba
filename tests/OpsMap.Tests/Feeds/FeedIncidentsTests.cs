using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsMap.Data;

namespace OpsMap.Tests.Feeds;

public sealed class FeedIncidentsTests(City city) : IClassFixture<City>
{
    private const string Path = "/api/feeds/test/incidents";
    private static int _count;

    private static string NewId() => $"r-{Interlocked.Increment(ref _count)}";

    private static JsonObject Report(string? id = null, double lon = 114.29, double lat = 30.59) => new()
    {
        ["source_id"] = id ?? NewId(), ["category"] = "manhole", ["title"] = "井盖破损", ["lon"] = lon, ["lat"] = lat, ["datum"] = "wgs84",
    };

    private async Task<JsonNode> Send(string body, string type = "application/json")
    {
        var answer = await city.Feed().PostText(Path, body, type);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Json();
    }

    private async Task<JsonNode> Rejected(JsonObject item)
    {
        var receipt = await Send(item.ToJsonString());
        ((int?)receipt["accepted"]).ShouldBe(0, receipt.ToJsonString());
        receipt["ids"]?[0].ShouldBeNull();
        return receipt["rejected"]?[0] ?? throw new InvalidOperationException(receipt.ToJsonString());
    }

    [Fact]
    public async Task A_report_is_stored_with_its_street_its_history_and_one_change_in_the_same_transaction()
    {
        var before = await Head();

        var receipt = await Send(Report("first").ToJsonString());

        receipt.ToJsonString().ShouldMatch("""^\{"accepted":1,"duplicates":0,"rejected":\[\],"ids":\[\d+\]\}$""");
        var incident = await city.As("operator").GetJson($"/api/incidents/{receipt["ids"]?[0]}");
        ((string?)incident["area"]?["code"]).ShouldBe(TestCity.Jia);
        ((string?)incident["area"]?["name"]).ShouldBe("甲街道");
        ((string?)incident["responsibility_class"]).ShouldBe("sole");
        ((string?)incident["status"]).ShouldBe("reported");
        ((string?)incident["class"]).ShouldBe("manhole");
        ((string?)incident["history"]?[0]?["actor"]).ShouldBe("feed:test");
        ((string?)incident["legal_status"]).ShouldBe("schematic");
        var change = (await city.Db.QueryAsync("SELECT topic, op, id, body->>'title' FROM changes WHERE seq > $1 AND topic = 'incidents' AND body->>'source_id' = 'first'",
            r => (r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetString(3)), TestContext.Current.CancellationToken, before)).ShouldHaveSingleItem();
        change.ShouldBe(("incidents", "put", (long)(incident["id"] ?? 0), "井盖破损"));
    }

    [Fact]
    public async Task The_same_report_again_is_a_duplicate_with_the_same_id_however_its_members_are_ordered()
    {
        var first = await Send("""{"source_id":"twice","category":"manhole","lon":114.290,"lat":30.59,"datum":"wgs84","reported_at":"2026-01-02T08:00:00+08:00"}""");

        var second = await Send("""[{"datum":"WGS84","lat":30.59,"lon":114.29,"reported_at":"2026-01-02T00:00:00Z","category":"manhole","source_id":"twice"}]""");

        ((int?)second["duplicates"]).ShouldBe(1, second.ToJsonString());
        ((long?)second["ids"]?[0]).ShouldBe((long?)first["ids"]?[0]);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_a_conflict_and_the_first_is_kept()
    {
        var first = await Send(Report("changed").ToJsonString());
        var changed = Report("changed");
        changed["title"] = "别的";

        var rejected = await Rejected(changed);

        ((string?)rejected["reason"]).ShouldBe("conflict");
        ((string?)rejected["detail"] ?? "").ShouldContain($"incident {first["ids"]?[0]} ");
        ((string?)(await city.As("operator").GetJson($"/api/incidents/{first["ids"]?[0]}"))["title"]).ShouldBe("井盖破损");
    }

    [Fact]
    public async Task One_bad_item_of_a_thousand_is_named_and_kept_and_the_rest_are_stored()
    {
        var items = new JsonArray([.. Enumerable.Range(0, 1000).Select(i => (JsonNode)Report($"thousand-{i}", 114.281 + i * 0.00003, 30.59))]);
        (items[437] as JsonObject)?.Remove("datum");

        var receipt = await Send(items.ToJsonString());

        ((int?)receipt["accepted"]).ShouldBe(999);
        receipt["ids"]?.AsArray().Count.ShouldBe(1000);
        receipt["ids"]?.AsArray().Select((id, i) => (id, i)).Where(p => p.id is null).Select(p => p.i).ShouldBe([437]);
        receipt["rejected"]?.AsArray().ShouldHaveSingleItem()?.ToJsonString().ShouldStartWith("""{"index":437,"source_id":"thousand-437","reason":"datum_missing","detail":""");
        var kept = (await city.As("operator").GetJson("/api/feeds/test/rejects?limit=1000"))["items"]?.AsArray().Single(r => (string?)r?["source_id"] == "thousand-437");
        ((int?)kept?["index"]).ShouldBe(437);
        JsonNode.DeepEquals(JsonNode.Parse((string?)kept?["body"] ?? ""), items[437]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_key_twice_in_one_body_is_stored_once_and_each_input_is_answered()
    {
        var changed = Report("both");
        changed["title"] = "别的";

        var receipt = await Send($"[{Report("both").ToJsonString()},{Report("both").ToJsonString()},{changed.ToJsonString()}]");

        ((int?)receipt["accepted"], (int?)receipt["duplicates"]).ShouldBe((1, 1));
        ((string?)receipt["rejected"]?[0]?["reason"]).ShouldBe("conflict");
        ((long?)receipt["ids"]?[1]).ShouldBe((long?)receipt["ids"]?[0]);
    }

    [Fact]
    public async Task Lines_are_items_and_one_line_that_cannot_be_read_spoils_no_other()
    {
        var receipt = await Send($"\uFEFF{Report("line-1").ToJsonString()}\r\n\n{{\"source_id\":\n{Report("line-3").ToJsonString()}\n{{\"source_id\":\"a\",\"source_id\":\"b\"}}", "application/x-ndjson");

        ((int?)receipt["accepted"]).ShouldBe(2, receipt.ToJsonString());
        receipt["rejected"]?.AsArray().Select(r => ((int?)r?["index"], (string?)r?["reason"])).ShouldBe([(1, "bad_json"), (3, "bad_json")]);
        receipt["ids"]?.AsArray().Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("""{"category":"x"}""", "source_id_missing", "source_id")]
    [InlineData("""{"source_id":"  "}""", "source_id_missing", "source_id")]
    [InlineData("""{"source_id":5}""", "bad_field", "'5'")]
    [InlineData("""{"source_id":"q1","colour":"red"}""", "unknown_field", "'colour'")]
    [InlineData("""{"source_id":"q2","lon":114.29,"lat":30.59}""", "datum_missing", "wgs84")]
    [InlineData("""{"source_id":"q3","lon":114.29,"lat":30.59,"datum":"nad27"}""", "datum_unknown", "'nad27'")]
    [InlineData("""{"source_id":"q4","lon":30.59,"lat":114.29,"datum":"wgs84"}""", "bad_coordinate", "swapped")]
    [InlineData("""{"source_id":"q5","lon":1e999,"lat":30.59,"datum":"wgs84"}""", "bad_coordinate", "'1e999'")]
    [InlineData("""{"source_id":"q6","lon":"NaN","lat":30.59,"datum":"wgs84"}""", "bad_coordinate", "'NaN'")]
    [InlineData("""{"source_id":"q7","lon":500,"lat":30.59,"datum":"wgs84"}""", "bad_coordinate", "'500'")]
    [InlineData("""{"source_id":"q8","lon":114.29,"datum":"wgs84"}""", "bad_coordinate", "lat is missing")]
    [InlineData("""{"source_id":"q9","reported_at":"2026-11-20 08:00:00"}""", "bad_time", "'2026-11-20 08:00:00'")]
    [InlineData("""{"source_id":"q10","reported_at":"2026-11-20T08:00:00"}""", "bad_time", "offset")]
    [InlineData("""{"source_id":"q11","reported_at":"1970-01-01T00:00:00Z"}""", "bad_time", "before")]
    [InlineData("""{"source_id":"q12","reported_at":"9999-12-31T23:59:59Z"}""", "bad_time", "later")]
    [InlineData("""{"source_id":"q13","reported_at":1763596800}""", "bad_time", "1763596800")]
    [InlineData("""{"source_id":"q14","title":7}""", "bad_field", "'7'")]
    [InlineData("""{"source_id":"q15","title":"a\u0000b"}""", "bad_field", "U+0000")]
    [InlineData("""{"source_id":"q16","title":"\ud800"}""", "bad_field", "surrogate")]
    [InlineData("""{"source_id":"q17","accuracy_m":-1}""", "bad_field", "'-1'")]
    [InlineData("""[5]""", "bad_json", "a number")]
    public async Task A_bad_item_is_named_with_its_reason_and_the_value_that_is_wrong(string body, string reason, string quoted)
    {
        var receipt = await Send(body);

        var rejected = receipt["rejected"]?[0];
        ((string?)rejected?["reason"]).ShouldBe(reason, receipt.ToJsonString());
        ((string?)rejected?["detail"] ?? "").ShouldContain(quoted);
    }

    [Fact]
    public async Task A_text_longer_than_its_column_is_refused_as_too_long()
    {
        var item = Report();
        item["title"] = new string('长', 501);

        ((string?)(await Rejected(item))["reason"]).ShouldBe("too_long");
    }

    [Fact]
    public async Task Texts_that_are_unusual_but_right_are_stored_exactly()
    {
        var item = Report();
        const string title = "𠮷野家门口 \u200F=cmd|'/c calc'!A0 <script>alert(1)</script> 🕳";
        item["title"] = title;

        var receipt = await Send(item.ToJsonString());

        ((string?)(await city.As("operator").GetJson($"/api/incidents/{receipt["ids"]?[0]}"))["title"]).ShouldBe(title);
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_are_refused_by_the_field_and_leave_the_others_alone()
    {
        byte[] body = [.. "[{\"source_id\":\"gb\",\"title\":\""u8, 0xBE, 0xAE, 0xB8, 0xC7, .. "\"},"u8, .. JsonSerializer.SerializeToUtf8Bytes(Report("utf")), .. "]"u8];
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

        var receipt = await (await city.Feed().PostAsync(Path, content, TestContext.Current.CancellationToken)).Json();

        ((int?)receipt["accepted"]).ShouldBe(1, receipt.ToJsonString());
        ((string?)receipt["rejected"]?[0]?["reason"]).ShouldBe("bad_field");
    }

    [Fact]
    public async Task A_report_without_a_place_is_kept_as_unlocated()
    {
        var item = Report();
        foreach (var name in new[] { "lon", "lat", "datum" }) item.Remove(name);

        var receipt = await Send(item.ToJsonString());

        var incident = await city.As("operator").GetJson($"/api/incidents/{receipt["ids"]?[0]}");
        (incident["lon"], incident["area"]).ShouldBe((null, null));
        ((string?)incident["responsibility_class"], (string?)incident["decision"]?["reason"]).ShouldBe(("none", "no_location"));
    }

    [Fact]
    public async Task An_unknown_category_is_kept_as_sent_and_classed_unclassified()
    {
        var item = Report();
        item["category"] = "外星人";

        var receipt = await Send(item.ToJsonString());

        var incident = await city.As("operator").GetJson($"/api/incidents/{receipt["ids"]?[0]}");
        ((string?)incident["category"], (string?)incident["class"]).ShouldBe(("外星人", "unclassified"));
    }

    [Fact]
    public async Task A_point_in_gcj02_is_stored_in_wgs84_beside_what_was_sent()
    {
        var (lon, lat) = OpsMap.Web.Datum.ToGcj02(114.29, 30.59);
        var item = Report(null, lon, lat);
        item["datum"] = "gcj02";

        var receipt = await Send(item.ToJsonString());

        var incident = await city.As("operator").GetJson($"/api/incidents/{receipt["ids"]?[0]}");
        ((double?)incident["lon"] ?? 0).ShouldBe(114.29, 1e-7);
        ((double?)incident["raw"]?["lon"]).ShouldBe(lon);
        ((string?)incident["datum"]).ShouldBe("gcj02");
    }

    [Fact]
    public async Task A_late_report_keeps_both_its_times()
    {
        var item = Report();
        item["reported_at"] = "2026-01-01T23:59:59.5+08:00";

        var receipt = await Send(item.ToJsonString());

        var incident = await city.As("operator").GetJson($"/api/incidents/{receipt["ids"]?[0]}");
        ((string?)incident["reported_at"]).ShouldBe("2026-01-01T15:59:59.5Z");
        ((DateTimeOffset?)incident["received_at"] ?? default).ShouldBeGreaterThan(TimeProvider.System.GetUtcNow().AddMinutes(-1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("\"text\"")]
    public async Task A_body_that_cannot_be_read_is_refused_whole(string body)
    {
        var answer = await city.Feed().PostText(Path, body);

        (await answer.Refusal(HttpStatusCode.BadRequest)).ShouldContain("end");
    }

    [Theory]
    [InlineData("""{"source_id":"twice","source_id":"b"}""")]
    [InlineData("""{"source_id":"deep","title":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}""")]
    public async Task An_item_with_a_member_twice_or_nested_too_deep_is_named_and_the_others_are_kept(string odd)
    {
        var key = $"beside-{odd.Length}";

        var receipt = await (await city.Feed().PostText(Path, $$"""[{{odd}},{"source_id":"{{key}}","category":"manhole"}]""")).Json();

        ((int?)receipt["accepted"]).ShouldBe(1);
        ((int?)receipt["rejected"]![0]!["index"]).ShouldBe(0);
        ((string?)receipt["rejected"]![0]!["reason"]).ShouldBe("bad_json");
        receipt["ids"]![0].ShouldBeNull();
    }

    [Fact]
    public async Task Lines_of_which_not_one_can_be_read_are_refused_whole()
    {
        var answer = await city.Feed().PostText(Path, "<xml/>\n<xml/>", "application/x-ndjson");

        (await answer.Refusal(HttpStatusCode.BadRequest)).ShouldContain("line");
    }

    [Fact]
    public async Task A_report_that_is_sent_again_uses_up_no_number()
    {
        async Task<long> Send(string key) => (long)(await (await city.Feed().PostText(Path, $$"""{"source_id":"{{key}}","category":"manhole"}""")).Json())["ids"]![0]!;
        var first = await Send("number-1");
        await Send("number-1");
        await Send("number-1");

        var next = await Send("number-2");

        next.ShouldBe(first + 1);
    }

    [Fact]
    public async Task Too_many_items_or_bytes_are_too_large()
    {
        (await (await city.Feed().PostText(Path, "[" + string.Join(',', Enumerable.Repeat("{}", 5001)) + "]")).Refusal(HttpStatusCode.RequestEntityTooLarge)).ShouldContain("5000");
        (await (await city.Feed().PostText(Path, "[\"" + new string('x', 8 << 20) + "\"]")).Refusal(HttpStatusCode.RequestEntityTooLarge)).ShouldContain("8388608");
    }

    [Fact]
    public async Task Only_the_feeds_own_key_may_send()
    {
        var body = Report().ToJsonString();

        (await city.Anonymous().PostText(Path, body)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await city.Feed("no-such-key").PostText(Path, body)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await (await city.Feed("other-key").PostText(Path, body)).Refusal(HttpStatusCode.Forbidden)).ShouldContain("'other'");
        (await city.As("operator").PostText(Path, body)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await city.Feed().PostText("/api/feeds/nobody/incidents", body)).Refusal(HttpStatusCode.NotFound)).ShouldContain("'nobody'");
    }

    [Fact]
    public async Task Eight_senders_of_the_same_keys_at_once_store_each_once_and_all_learn_the_same_ids()
    {
        var forward = new JsonArray([.. Enumerable.Range(0, 50).Select(i => (JsonNode)Report($"race-{i}"))]);
        var backward = new JsonArray([.. Enumerable.Range(0, 50).Select(i => (JsonNode)Report($"race-{49 - i}"))]);

        var receipts = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Send((i % 2 == 0 ? forward : backward).ToJsonString())));

        receipts.Sum(r => (int?)r["accepted"]).ShouldBe(50);
        receipts.Sum(r => (int?)r["duplicates"]).ShouldBe(350);
        var ids = receipts.Select((r, i) => r["ids"]?.AsArray().Select(n => (long?)n).ToList() is { } list && i % 2 == 1 ? Enumerable.Reverse(list).ToList() : r["ids"]?.AsArray().Select(n => (long?)n).ToList());
        ids.Select(list => string.Join(',', list ?? [])).Distinct().ShouldHaveSingleItem();
    }

    private Task<long> Head() => city.Db.QueryOneAsync("SELECT n FROM log_head", r => r.GetInt64(0), TestContext.Current.CancellationToken);
}
