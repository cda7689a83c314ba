using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpsMap.Data;
using OpsMap.Live;

namespace OpsMap.Tests.Live;

/// <summary>What time alone does, and the comparison of picture and database.</summary>
public sealed class UpkeepTests(City city, TestCluster cluster) : IClassFixture<City>
{
    private UpkeepStore Upkeep => city.Services.GetRequiredService<UpkeepStore>();

    [Fact]
    public async Task A_case_closed_for_more_than_a_day_leaves_every_picture_once_even_when_two_nodes_do_it()
    {
        var (old, fresh) = (await city.GivenIncident(TestCity.InJia, TestCity.Jia, status: "closed", closedAgo: "25 hours"), await city.GivenIncident(TestCity.InJia, TestCity.Jia, status: "closed", closedAgo: "23 hours"));
        await using var client = await LiveClient.WatchAsync(city, "street-chief", new { topics = new[] { "incidents" } });
        await client.Until("both are shown", c => c.Items("incidents").ContainsKey(old) && c.Items("incidents").ContainsKey(fresh));

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Upkeep.AgeIncidentsAsync(CancellationToken.None)));
        (await Upkeep.AgeIncidentsAsync(CancellationToken.None)).ShouldBe(0);

        await client.Until("the old one is gone", c => !c.Items("incidents").ContainsKey(old));
        client.Items("incidents").ShouldContainKey(fresh);
        client.Ops.Count(o => o.Id == old && o.Op == "drop").ShouldBe(1);
    }

    [Fact]
    public async Task An_edition_enters_the_picture_when_its_day_has_come()
    {
        await using var node = new Node(await cluster.NewDatabaseAsync());
        await node.StartAsync();
        await using var client = await node.WatchAsync(new { topics = new[] { "areas" }, areas = new[] { "420102000000" } });
        await node.Db.ExecuteAsync("""
            INSERT INTO editions (name, valid_from) VALUES ('新版', now() + interval '1 hour');
            INSERT INTO areas (edition_id, level, code, name, parent_code, geom, label) SELECT 2, level, code, '新' || name, parent_code, geom, label FROM areas WHERE level = 'street';
            """, CancellationToken.None);
        (await node.Db.QueryOneAsync("SELECT publish_editions()", r => r.GetInt32(0), CancellationToken.None)).ShouldBe(0);

        await node.Db.ExecuteAsync("UPDATE editions SET valid_from = now() - interval '1 second' WHERE id = 2", CancellationToken.None);
        (await node.Db.QueryOneAsync("SELECT publish_editions()", r => r.GetInt32(0), CancellationToken.None)).ShouldBe(8);

        await client.Until("the new streets are shown", c => c.Items("areas").Values.Any(a => (string?)a["name"] == "新甲街道"));
        client.Items("areas").Values.ShouldNotContain(a => (string?)a["name"] == "甲街道");
    }

    [Fact]
    public async Task Changes_older_than_seven_days_are_forgotten_and_the_log_goes_on()
    {
        await using var node = new Node(await cluster.NewDatabaseAsync());
        await node.StartAsync();
        await using var client = await node.WatchAsync();
        await node.Db.ExecuteAsync("UPDATE changes SET at = now() - interval '8 days' WHERE seq <= 4", CancellationToken.None);

        (await new UpkeepStore(node.Db).ForgetChangesAsync(CancellationToken.None)).ShouldBe(4);
        (await new UpkeepStore(node.Db).ForgetChangesAsync(CancellationToken.None)).ShouldBe(0);

        await node.Db.ExecuteAsync("INSERT INTO pending_changes (items) SELECT array_agg(change_of_feed(f)) FROM feeds f", CancellationToken.None);
        await client.Until("the next change is seen", c => c.Ops.Count(o => o.Topic == "feeds") == 2);
    }

    [Fact]
    public async Task Rejected_items_are_forgotten_after_ninety_days()
    {
        await using var node = new Node(await cluster.NewDatabaseAsync());
        await node.Db.ExecuteAsync("INSERT INTO quarantine (feed_id, received_at, item_index, reason, detail, body) SELECT 1, now() - d * interval '1 day', 0, 'bad_field', '', '{}' FROM unnest(ARRAY[89, 91, 200]) d", CancellationToken.None);

        (await new UpkeepStore(node.Db).ForgetRejectsAsync(CancellationToken.None)).ShouldBe(2);
        (await new UpkeepStore(node.Db).ForgetRejectsAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task Fixes_find_a_partition_from_eight_days_back_to_two_ahead_and_old_days_are_dropped_whole()
    {
        await city.Db.ExecuteAsync("INSERT INTO fixes (unit_code, at, lon, lat, feed_id) SELECT 'u', now() + i * interval '1 day', 114, 30, 1 FROM generate_series(-8, 2) i", CancellationToken.None);
        await city.Db.ExecuteAsync("CREATE TABLE fixes_20200101 PARTITION OF fixes FOR VALUES FROM ('2020-01-01 00:00+00') TO ('2020-01-02 00:00+00')", CancellationToken.None);

        (await Upkeep.KeepFixPartitionsAsync(CancellationToken.None)).ShouldBe(1);
        (await Upkeep.KeepFixPartitionsAsync(CancellationToken.None)).ShouldBe(0);

        (await city.Db.QueryOneAsync("SELECT count(*) FROM fixes", r => r.GetInt64(0), CancellationToken.None)).ShouldBe(11);
    }

    [Fact]
    public async Task Two_nodes_that_start_together_share_one_schedule_and_it_runs()
    {
        var database = await cluster.NewDatabaseAsync();
        await using var one = new Node(database, scheduler: true);
        await using var two = new Node(database, scheduler: true);
        await one.Db.ExecuteAsync("""
            INSERT INTO incidents (category, reported_at, received_at, moved_at, closed_at, status, decision) VALUES ('manhole', now(), now(), now(), now() - interval '2 days', 'closed', '{}')
            """, CancellationToken.None);

        await Task.WhenAll(one.StartAsync(), two.StartAsync());

        await Answers.Eventually("the case has aged out", async () => await one.Db.QueryOneAsync("SELECT NOT bool_or(live) FROM incidents", r => r.GetBoolean(0), CancellationToken.None));
        (await one.Db.QueryOneAsync("SELECT count(*) FROM qrtz_job_details", r => r.GetInt64(0), CancellationToken.None)).ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task The_digest_of_every_node_equals_the_database_s_at_the_same_number()
    {
        await using var other = new Node(city.ConnectionString);
        await other.StartAsync();
        foreach (var i in Enumerable.Range(0, 10)) await city.GivenIncident(i % 2 == 0 ? TestCity.InJia : null, TestCity.Jia);
        using var second = new HttpClient(new HttpClientHandler { CookieContainer = await LiveClient.SignInAsync(other.Url, "auditor") }) { BaseAddress = other.Url };

        foreach (var node in new[] { city.As("auditor"), second })
        {
            JsonNode? digest = null;
            await Answers.Eventually("the node is where the database is", async () =>
            {
                digest = await node.GetJson("/api/digest");
                return (long?)digest["node"]?["n"] == (long?)digest["database"]?["n"];
            });
            digest?["node"]?["topics"]?["incidents"].ShouldNotBeNull();
            JsonNode.DeepEquals(digest?["node"], digest?["database"]).ShouldBeTrue(digest?.ToJsonString());
        }
    }

    [Fact]
    public async Task Picture_and_log_hold_the_same_bytes()
    {
        await city.GivenIncident(TestCity.InJia, TestCity.Jia);
        await city.Db.ExecuteAsync("""
            INSERT INTO pending_changes (items) SELECT array_agg(change) FROM (
                SELECT change_of_station(s) FROM stations s UNION ALL SELECT change_of_committee(c) FROM committees c UNION ALL SELECT change_of_feed(f) FROM feeds f) all_of (change)
            """, CancellationToken.None);

        var differing = await city.Db.QueryAsync("""
            SELECT p.topic || ' ' || p.id FROM live_picture p
            LEFT JOIN LATERAL (SELECT * FROM changes c WHERE c.topic = p.topic AND c.id = p.id ORDER BY seq DESC LIMIT 1) c ON true
            WHERE (p.version, p.scopes, p.lon, p.lat, p.body::text) IS DISTINCT FROM (c.version, c.scopes_after, c.lon, c.lat, c.body::text)
            """, r => r.GetString(0), CancellationToken.None);

        differing.ShouldBeEmpty();
    }
}
