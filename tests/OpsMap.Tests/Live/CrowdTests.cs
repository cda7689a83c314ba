using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OpsMap.Data;
using OpsMap.Live;

namespace OpsMap.Tests.Live;

/// <summary>Many changes, large pictures, many clients and one that stands still.</summary>
public sealed class CrowdTests(City city) : IClassFixture<City>
{
    private static readonly string[] Everything = ["incidents", "areas", "committees", "stations", "feeds", "patrols", "gaps", "positions"];
    private static readonly double[] West = [114.28, 30.58, 114.30, 30.62], East = [114.3001, 30.58, 114.32, 30.62];

    [Fact]
    public async Task A_number_older_than_the_node_remembers_leads_to_a_snapshot()
    {
        await using var before = await LiveClient.WatchAsync(city, "operator", new { topics = Everything });
        var (since, epoch) = (before.To, before.Epoch);
        await city.Db.ExecuteAsync("""
            INSERT INTO pending_changes (items)
            SELECT array_agg(ROW('incidents', 'drop', -i, 1, '{}', '{}', NULL, NULL, NULL)::change_item) FROM generate_series(1, 10050) i
            """, CancellationToken.None);
        var log = city.Services.GetRequiredService<LiveLog>();
        await Answers.Eventually("the node has moved on", () => Task.FromResult(log.Picture.State.N >= since + 10_050));

        await using var client = await LiveClient.WatchAsync(city, "operator", new { topics = Everything, since, epoch });

        client.Frames[0].Kind.ShouldBe("snapshot");
    }

    [Fact]
    public async Task A_large_picture_comes_in_frames_of_at_most_64_KB()
    {
        await city.Db.ExecuteAsync("""
            WITH added AS (
                INSERT INTO stations (code, kind, name, street_code, geom)
                SELECT 'many-' || i, '户外工作者驿站', repeat('驿', 40), '420103001000', ST_SetSRID(ST_MakePoint(114.31, 30.61), 4326) FROM generate_series(1, 1200) i RETURNING *)
            INSERT INTO pending_changes (items) SELECT array_agg(change_of_station(added)) FROM added
            """, CancellationToken.None);

        await using var client = await LiveClient.WatchAsync(city, "operator", new { topics = new[] { "stations" }, bbox = new[] { 114.31, 30.61, 114.31, 30.61 } });

        await client.Until("all are shown", c => c.Items("stations").Count == 1200);
        client.Frames.Count(f => f is { Kind: "snapshot", More: true }).ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task A_reader_that_stands_still_holds_up_nobody_and_is_cut()
    {
        using var still = new ClientWebSocket();
        still.Options.Cookies = await Session();
        await still.ConnectAsync(new UriBuilder(city.Url) { Scheme = "ws", Path = "/live" }.Uri, CancellationToken.None);
        foreach (var record in new[] { """{"protocol":"json","version":1}""", """{"type":4,"invocationId":"1","target":"Watch","arguments":[{"topics":["incidents"]}]}""" })
            await still.SendAsync(Encoding.UTF8.GetBytes(record + '\u001e'), WebSocketMessageType.Text, true, CancellationToken.None);
        await using var reader = await LiveClient.WatchAsync(city, await Session(), new { topics = new[] { "incidents" } });

        // About 20 MB to each client: more than all the buffers between server and client hold.
        for (var i = 0; i < 20; i++)
            await city.Db.ExecuteAsync("""
                INSERT INTO pending_changes (items) SELECT array_agg(ROW('incidents', 'put', -i, 1, '{}', '{}', NULL, NULL,
                    jsonb_build_object('id', -i, 'title', repeat('满', 600)))::change_item) FROM generate_series(1, 500) i
                """, CancellationToken.None);
        var id = await city.GivenIncident(TestCity.InJia, TestCity.Jia);

        await reader.Until("the other one has it", c => c.Items("incidents").ContainsKey(id), TimeSpan.FromSeconds(20));
        var log = city.Services.GetRequiredService<LiveLog>();
        log.Watchers.ShouldBe(2);
        await Answers.Eventually("the one that stands still is cut", () => Task.FromResult(log.Watchers == 1), TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task Three_hundred_clients_with_views_of_their_own_all_come_to_the_database_s_picture()
    {
        var session = await Session();
        var clients = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => LiveClient.WatchAsync(city, session, new { topics = new[] { "incidents" }, bbox = i % 3 == 0 ? West : i % 3 == 1 ? East : null })));

        var ids = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => city.GivenIncident(i % 2 == 0 ? TestCity.InJia : TestCity.InYi, i % 2 == 0 ? TestCity.Jia : TestCity.Yi)));
        foreach (var id in ids.Take(20)) await city.Change(id, "geom = ST_SetSRID(ST_MakePoint(114.31, 30.59), 4326)");
        var live = await city.Db.QueryAsync("SELECT id, version, coalesce(ST_X(geom) <= 114.30, true), coalesce(ST_X(geom) >= 114.3001, true) FROM incidents WHERE live", r => (Id: r.GetInt64(0), Version: r.GetInt32(1), West: r.GetBoolean(2), East: r.GetBoolean(3)), CancellationToken.None);

        for (var i = 0; i < clients.Length; i++)
        {
            var view = i % 3;
            var wanted = live.Where(l => view == 2 || (view == 0 ? l.West : l.East)).Select(l => (l.Id, l.Version)).Order().ToList();
            await clients[i].Until($"client {i} has converged", c => c.Items("incidents").Where(p => p.Key > 0).Select(p => (p.Key, (int?)p.Value["version"] ?? 0)).Order().SequenceEqual(wanted));
            await clients[i].DisposeAsync();
        }
    }

    private Task<CookieContainer> Session() => LiveClient.SignInAsync(city, "operator");
}
