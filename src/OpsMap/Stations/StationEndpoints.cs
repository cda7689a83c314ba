using Microsoft.AspNetCore.Http.HttpResults;
using OpsMap.People;
using OpsMap.Web;

namespace OpsMap.Stations;

/// <summary>/api/stations: where one may sit, drink, charge and ask (党群服务阵地).</summary>
static class StationEndpoints
{
    public static void AddStations(this WebApplicationBuilder builder) => builder.Services.AddSingleton<StationStore>();

    public static void MapStations(this IEndpointRouteBuilder app) => app.MapGet("/api/stations", List).WithTags("Stations").Allowing(Operation.StationsRead).ProducesProblem(400);

    /// <summary>The stations of a box, kind or street, a page at a time.</summary>
    internal static async Task<Results<Ok<Page<Station>>, ProblemHttpResult>> List(HttpRequest request, StationStore store, CancellationToken ct)
    {
        var asked = new Asked(request);
        var query = new StationQuery(asked.Box(), asked.List("kind"), asked.Text("street"), asked.Cursor(), asked.Limit(100, 10_000));
        return asked.Wrong is { } wrong ? Problems.Bad(wrong) : TypedResults.Ok(await store.ListAsync(query, ct));
    }
}
