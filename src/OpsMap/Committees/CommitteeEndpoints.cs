using Microsoft.AspNetCore.Http.HttpResults;
using OpsMap.Areas;
using OpsMap.People;
using OpsMap.Web;

namespace OpsMap.Committees;

/// <summary>/api/committees: what neighbouring areas have formed for what lies between them. Each kind's constitution is data.</summary>
static class CommitteeEndpoints
{
    public static void AddCommittees(this WebApplicationBuilder builder) => builder.Services.AddSingleton<CommitteeStore>();

    public static void MapCommittees(this IEndpointRouteBuilder app)
    {
        var committees = app.MapGroup("/api/committees").WithTags("Committees");
        committees.MapGet("/", List).Allowing(Operation.AreasRead).ProducesProblem(400);
        committees.MapGet("/{id:long}", Show).Allowing(Operation.AreasRead).ProducesProblem(404);
    }

    /// <summary>All committees, or those of one street; with <c>f=geojson</c> the areas they cover.</summary>
    internal static async Task<Results<Ok<Page<RawJson>>, FileContentHttpResult, ProblemHttpResult>> List(
        HttpContext http, CommitteeStore store, AreaStore areas, LayerCache layers, TimeProvider clock, CancellationToken ct)
    {
        var asked = new Asked(http.Request);
        var (format, street, after, limit) = (asked.OneOf("f", "json", ["json", "geojson"]), asked.Text("street"), asked.Cursor(), asked.Limit(1000));
        if (asked.Wrong is { } wrong) return Problems.Bad(wrong);
        var edition = await areas.InForceAsync("street", clock.GetUtcNow(), ct);
        if (format == "json") return TypedResults.Ok(await store.ListAsync(edition?.Id, street, after, limit, ct));
        return await layers.AnswerAsync(http, "committees", edition, "-" + await store.VersionAsync(ct), () => store.FeaturesAsync(edition?.Id ?? 0, CancellationToken.None));
    }

    /// <summary>One committee with its members.</summary>
    internal static async Task<Results<Ok<RawJson>, ProblemHttpResult>> Show(long id, CommitteeStore store, AreaStore areas, TimeProvider clock, CancellationToken ct)
    {
        var edition = await areas.InForceAsync("street", clock.GetUtcNow(), ct);
        return await store.FindAsync(id, edition?.Id, ct) is { } committee ? TypedResults.Ok(committee) : Problems.NotFound($"there is no committee {id}");
    }
}
