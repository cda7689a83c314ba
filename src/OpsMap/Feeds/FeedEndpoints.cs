using Microsoft.AspNetCore.Http.HttpResults;
using OpsMap.Incidents;
using OpsMap.People;
using OpsMap.Web;

namespace OpsMap.Feeds;

/// <summary>/api/feeds: where outside systems send to, and how they are.</summary>
static class FeedEndpoints
{
    public static void AddFeeds(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<FeedOptions>().BindConfiguration("Feeds").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<FeedStore>().AddSingleton<FeedGate>().AddSingleton<FeedDoor>().AddSingleton<FeedHealth>();
        builder.Services.AddHostedService(services => services.GetRequiredService<FeedHealth>());
    }

    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        var feeds = app.MapGroup("/api/feeds").WithTags("Feeds");
        feeds.MapGet("/", List).Allowing(Operation.FeedsRead);
        feeds.MapGet("/{feed}/rejects", Rejects).Allowing(Operation.RejectsRead);
        feeds.MapPost("/{feed}/incidents", Incidents).Allowing(Operation.FeedIncidents)
            .Produces<Receipt>().ProducesProblem(400).ProducesProblem(413).ProducesProblem(429).ProducesProblem(503);
    }

    /// <summary>The feeds and their health; their keys too, for whoever manages them.</summary>
    internal static async Task<Ok<Page<Feed>>> List(Caller caller, FeedStore store, KeyStore keys, CancellationToken ct)
    {
        var feeds = await store.ListAsync(ct);
        if (caller.Reach(Operation.FeedKeysManage) != Reach.None)
        {
            var byFeed = await keys.ListAsync(ct);
            feeds = [.. feeds.Select(f => f with { Keys = [.. byFeed[f.Id]] })];
        }
        return TypedResults.Ok(new Page<Feed>(feeds, feeds.Count, null));
    }

    /// <summary>What a feed sent and could not be taken, newest first.</summary>
    internal static async Task<Results<Ok<Page<Reject>>, ProblemHttpResult>> Rejects(string feed, HttpRequest request, FeedStore store, CancellationToken ct)
    {
        var asked = new Asked(request);
        var (before, limit) = (asked.Cursor(), asked.Limit());
        if (asked.Wrong is { } wrong) return Problems.Bad(wrong);
        if (await store.IdAsync(feed, ct) is not { } id) return Problems.NotFound($"there is no feed '{feed}'");
        return TypedResults.Ok(await store.RejectsAsync(id, before, limit, ct));
    }

    /// <summary>Takes a feed's reports: each new one is stored, each known one counted, each bad one named. 200 only after the commit.</summary>
    internal static async Task<Results<Ok<Receipt>, ProblemHttpResult>> Incidents(
        string feed, HttpContext http, FeedDoor door, FeedReports reports, CancellationToken ct)
    {
        var (id, items, refused) = await door.OpenAsync(feed, http, ct);
        return refused is not null ? refused : TypedResults.Ok(await door.CloseAsync(id, await reports.TakeAsync(id, items, ct), ct));
    }
}
