using Microsoft.AspNetCore.Http.HttpResults;
using OpsMap.Feeds;
using OpsMap.People;
using OpsMap.Web;

namespace OpsMap.Patrols;

/// <summary>/api/units and /api/feeds/{feed}/fixes: who moves, and where they are.</summary>
static class PatrolEndpoints
{
    public static void AddPatrols(this WebApplicationBuilder builder) => builder.Services.AddSingleton<FixStore>().AddSingleton<FeedFixes>();

    public static void MapPatrols(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/units", Units).WithTags("Patrols").Allowing(Operation.CityRead);
        app.MapPost("/api/feeds/{feed}/fixes", Fixes).WithTags("Patrols").Allowing(Operation.FeedFixes).Produces<Receipt>().ProducesProblem(400).ProducesProblem(413).ProducesProblem(429).ProducesProblem(503);
    }

    /// <summary>All teams and vehicles.</summary>
    internal static async Task<Ok<Page<Unit>>> Units(FixStore store, CancellationToken ct)
    {
        var units = await store.UnitsAsync(ct);
        return TypedResults.Ok(new Page<Unit>(units, units.Count, null));
    }

    /// <summary>Takes a feed's fixes: each new one is kept, the latest of each unit is where it is.</summary>
    internal static async Task<Results<Ok<Receipt>, ProblemHttpResult>> Fixes(string feed, HttpContext http, FeedDoor door, FeedFixes fixes, CancellationToken ct)
    {
        var (id, items, refused) = await door.OpenAsync(feed, http, ct);
        return refused is not null ? refused : TypedResults.Ok(await door.CloseAsync(id, await fixes.TakeAsync(id, items, ct), ct));
    }
}
