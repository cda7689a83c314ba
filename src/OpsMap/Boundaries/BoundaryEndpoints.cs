using Microsoft.AspNetCore.Http.HttpResults;
using OpsMap.Areas;
using OpsMap.Committees;
using OpsMap.People;
using OpsMap.Web;

namespace OpsMap.Boundaries;

/// <summary>/api/edges and /api/waters: the lines between neighbours, and the water beside them.</summary>
static class BoundaryEndpoints
{
    private static readonly string[] Formats = ["json", "geojson"];

    public static void AddBoundaries(this WebApplicationBuilder builder) => builder.Services.AddSingleton<BoundaryStore>();

    public static void MapBoundaries(this IEndpointRouteBuilder app)
    {
        var lines = app.MapGroup("/api").WithTags("Boundaries");
        lines.MapGet("/edges", Edges).Allowing(Operation.AreasRead).ProducesProblem(400);
        lines.MapGet("/waters", Waters).Allowing(Operation.AreasRead);
    }

    /// <summary>The edges of the edition in force, or those of one area with <c>street=CODE</c>; with <c>f=geojson</c> their lines.</summary>
    internal static async Task<Results<Ok<Page<RawJson>>, FileContentHttpResult, ProblemHttpResult>> Edges(
        HttpContext http, BoundaryStore store, CommitteeStore committees, AreaStore areas, LayerCache layers, TimeProvider clock, CancellationToken ct)
    {
        var asked = new Asked(http.Request);
        var (level, format, street) = (asked.OneOf("level", "street", AreaLevels.All), asked.OneOf("f", "json", Formats), asked.Text("street"));
        var (after, limit) = (asked.Cursor(), asked.Limit(1000, 10_000));
        if (asked.Wrong is { } wrong) return Problems.Bad(wrong);
        var edition = await areas.InForceAsync(level, clock.GetUtcNow(), ct);
        if (format == "json") return TypedResults.Ok(edition is null ? new([], 0, null) : await store.ListAsync(edition.Id, level, street, after, limit, ct));
        if (street is null) return await layers.AnswerAsync(http, $"edges {level}", edition, "-" + await committees.VersionAsync(ct), () => store.FeaturesAsync(edition?.Id ?? 0, level, null, CancellationToken.None));
        var features = edition is null ? [] : await store.FeaturesAsync(edition.Id, level, street, ct);
        return TypedResults.Bytes(GeoJson.Collection(edition, features), GeoJson.MediaType);
    }

    /// <summary>Rivers and lakes with their banks, as GeoJSON.</summary>
    internal static async Task<FileContentHttpResult> Waters(HttpContext http, BoundaryStore store, AreaStore areas, LayerCache layers, TimeProvider clock, CancellationToken ct)
    {
        var edition = await areas.InForceAsync("street", clock.GetUtcNow(), ct);
        return await layers.AnswerAsync(http, "waters", edition, "", () => store.WatersAsync(edition?.LegalStatus ?? "", edition?.Name ?? "", edition?.Source ?? "", CancellationToken.None));
    }
}
