using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpsMap.Data;
using OpsMap.Incidents;

namespace OpsMap.Tests.Incidents;

/// <summary>Many single reports at once: gathered into few transactions, each answered for itself.</summary>
public sealed class GathererTests(City city) : IClassFixture<City>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<JsonNode> Send(string sourceId, string title = "t")
    {
        var answer = await city.Feed().Post("/api/feeds/test/incidents", new { source_id = sourceId, title, lon = 114.29, lat = 30.59, datum = "wgs84" });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Json();
    }

    [Fact]
    public async Task Three_hundred_at_once_are_all_stored_each_with_its_own_id_and_its_own_change()
    {
        var receipts = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Send($"g-{i}")));

        receipts.ShouldAllBe(r => (int?)r["accepted"] == 1);
        var rows = await city.Db.QueryAsync("SELECT i.source_id, i.id, (SELECT count(*) FROM changes c WHERE c.topic = 'incidents' AND c.id = i.id) FROM incidents i WHERE source_id LIKE 'g-%'",
            r => (Source: r.GetString(0), Id: r.GetInt64(1), Changes: r.GetInt64(2)), Ct);
        rows.ShouldAllBe(r => r.Changes == 1);
        rows.OrderBy(r => r.Source).Select(r => r.Id).ShouldBe(receipts.Select((r, i) => (Source: $"g-{i}", Id: (long?)r["ids"]?[0] ?? 0)).OrderBy(r => r.Source).Select(r => r.Id));
    }

    [Fact]
    public async Task Of_many_that_bring_the_same_key_at_once_one_is_accepted_and_the_others_are_duplicates_or_conflicts()
    {
        var receipts = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Send("same", i % 3 == 0 ? "other" : "t")));

        receipts.Sum(r => (int?)r["accepted"]).ShouldBe(1);
        var kept = (string?)(await city.As("operator").GetJson($"/api/incidents/{receipts.First(r => (int?)r["accepted"] == 1)["ids"]?[0]}"))["title"];
        receipts.Sum(r => (int?)r["duplicates"]).ShouldBe(kept == "t" ? 39 : 19);
        receipts.Count(r => (string?)r["rejected"]?.AsArray().FirstOrDefault()?["reason"] == "conflict").ShouldBe(kept == "t" ? 20 : 40);
    }

    [Fact]
    public async Task One_that_the_database_will_not_have_spoils_no_other_that_was_gathered_with_it()
    {
        var gatherer = city.Services.GetRequiredService<Gatherer>();
        static Report Of(string id, string title) => new(1, id, [1], null, "manhole", title, "", "", null, null, null);

        var answers = Enumerable.Range(0, 50).Select(i => gatherer.StoreAsync([Of($"s-{i}", i == 25 ? "a\0b" : "t")])).ToArray();

        await Task.WhenAll(answers.Select((a, i) => i == 25 ? a.ContinueWith(_ => { }, Ct) : a));
        answers[25].IsFaulted.ShouldBeTrue();
        (await city.Db.QueryOneAsync("SELECT count(*) FROM incidents WHERE source_id LIKE 's-%'", r => r.GetInt64(0), Ct)).ShouldBe(49);
    }
}

public sealed class EditionSwapTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task While_editions_come_into_force_every_report_is_judged_by_one_of_them_wholly()
    {
        var stop = new CancellationTokenSource();
        var swaps = Task.Run(async () =>
        {
            for (var n = 2; n < 12; n++)
            {
                await city.Db.ExecuteAsync($"""
                    WITH e AS (INSERT INTO editions (name, valid_from) VALUES ('e{n}', now() - interval '1 ms') RETURNING id)
                    INSERT INTO areas (edition_id, level, code, name, geom, label) SELECT e.id, 'street', e.id || '-' || a.code, a.name, a.geom, a.label FROM e, areas a WHERE a.edition_id = 1 AND a.level = 'street'
                    """, CancellationToken.None);
                await Task.Delay(30);
            }
            await stop.CancelAsync();
        }, TestContext.Current.CancellationToken);

        for (var i = 0; !stop.IsCancellationRequested; i++)
            (await city.Feed().PostText("/api/feeds/test/incidents", $$"""{"source_id":"swap-{{i}}","lon":114.29,"lat":30.59,"datum":"wgs84"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await swaps;

        var mixed = await city.Db.QueryAsync("""
            SELECT edition_id, area_code, decision->'edition'->>'id' FROM incidents
            WHERE (edition_id > 1 AND area_code NOT LIKE edition_id || '-%') OR decision->'edition'->>'id' <> edition_id::text OR area_code IS NULL
               OR edition_id < (SELECT max(id) FROM editions e WHERE e.created_at < received_at - interval '1 s')
            """, r => (r.GetInt64(0), r.Text(1), r.GetString(2)), TestContext.Current.CancellationToken);
        mixed.ShouldBeEmpty();
        (await city.Db.QueryOneAsync("SELECT count(DISTINCT edition_id) FROM incidents", r => r.GetInt64(0), TestContext.Current.CancellationToken)).ShouldBeGreaterThan(3);
    }
}
