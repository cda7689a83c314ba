using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpsMap.Data;
using OpsMap.Feeds;

namespace OpsMap.Tests.Feeds;

public sealed class FeedHealthTests(City city) : IClassFixture<City>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_feed_sent_is_counted_and_costs_one_change_however_many_requests_it_took()
    {
        var health = city.Services.GetRequiredService<FeedHealth>();
        await health.FlushAsync(Ct);
        for (var i = 0; i < 5; i++) await city.Feed("other-key").PostText("/api/feeds/other/incidents", $$"""[{"source_id":"h{{i}}"},{"source_id":"h0"},{"lon":1}]""");

        await health.FlushAsync(Ct);

        var feed = (await city.As("wall").GetJson("/api/feeds"))["items"]?[1];
        ((string?)feed?["code"], (int?)feed?["accepted"], (int?)feed?["duplicates"], (int?)feed?["rejected"]).ShouldBe(("other", 5, 5, 5));
        ((DateTimeOffset?)feed?["last_at"] ?? default).ShouldBeGreaterThan(TimeProvider.System.GetUtcNow().AddMinutes(-1));
        feed?["keys"].ShouldBeNull();
        (await city.Db.QueryAsync("SELECT (body->>'accepted')::int FROM changes WHERE topic = 'feeds' AND id = 2", r => r.GetInt32(0), Ct)).Count.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task The_admin_sees_the_keys_but_never_what_they_are()
    {
        var feed = (await city.As("admin").GetJson("/api/feeds"))["items"]?[0];

        feed?["keys"]?.AsArray().ShouldHaveSingleItem()?.ToJsonString().ShouldStartWith("""{"id":1,"prefix":"test","created_at":""");
    }

    [Fact]
    public async Task Rejects_are_for_those_who_mend_them()
    {
        (await city.As("planner").GetAsync("/api/feeds/test/rejects", Ct)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await city.As("operator").GetAsync("/api/feeds/nobody/rejects", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public void A_storm_empties_one_feeds_bucket_and_leaves_the_others_full()
    {
        var clock = new SteppingClock();
        var gate = new FeedGate(Options.Create(new FeedOptions { RequestsPerSecond = 10, Burst = 20 }), clock);

        for (var i = 0; i < 20; i++) gate.Wait(1).ShouldBeNull();

        gate.Wait(1).ShouldBe(TimeSpan.FromSeconds(0.1));
        gate.Wait(2).ShouldBeNull();
        clock.Now += TimeSpan.FromSeconds(0.15);
        gate.Wait(1).ShouldBeNull();
        gate.Wait(1).ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_is_too_fast_is_told_when_to_come_back()
    {
        var gate = city.Services.GetRequiredService<FeedGate>();
        using var done = new CancellationTokenSource();
        var storm = Task.Run(() => { while (!done.IsCancellationRequested) gate.Wait(2); }, Ct);

        HttpResponseMessage answer;
        do answer = await city.Feed("other-key").PostText("/api/feeds/other/incidents", "[]");
        while (answer.StatusCode == HttpStatusCode.OK);
        await done.CancelAsync();
        await storm;

        (await answer.Refusal(HttpStatusCode.TooManyRequests)).ShouldContain("500");
        answer.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await city.Feed().PostText("/api/feeds/test/incidents", "[]")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private sealed class SteppingClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long GetTimestamp() => Now.Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    }
}
