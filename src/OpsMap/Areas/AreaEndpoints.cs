using Microsoft.AspNetCore.Http.HttpResults;
using OpsMap.People;
using OpsMap.Web;

namespace OpsMap.Areas;

/// <summary>/api/areas, /api/editions, /api/city, /api/shell: the tree of divisions, its dated editions, and what the pages must say beside them.</summary>
static class AreaEndpoints
{
    public static void AddAreas(this WebApplicationBuilder builder) => builder.Services.AddSingleton<AreaStore>().AddSingleton<CityStore>().AddSingleton<LayerCache>();

    public static void MapAreas(this IEndpointRouteBuilder app)
    {
        var areas = app.MapGroup("/api").WithTags("Areas");
        areas.MapGet("/areas", List).Allowing(Operation.AreasRead).ProducesProblem(400);
        areas.MapGet("/editions", Editions).Allowing(Operation.AreasRead);
        areas.MapGet("/city", City).Allowing(Operation.CityRead);
        areas.MapGet("/shell", Shell).AllowAnonymous();
    }

    /// <summary>The areas of a level by the edition in force, or by <c>edition=ID</c>; with <c>f=geojson</c> their outlines, with an ETag.</summary>
    internal static async Task<Results<Ok<AreaList>, FileContentHttpResult, ProblemHttpResult>> List(
        HttpContext http, AreaStore store, LayerCache layers, TimeProvider clock, CancellationToken ct)
    {
        var asked = new Asked(http.Request);
        var (level, format, wanted) = (asked.OneOf("level", "street", AreaLevels.All), asked.OneOf("f", "json", ["json", "geojson"]), asked.Id("edition"));
        var (after, limit) = (asked.Cursor(), asked.Limit(1000, 10_000));
        if (asked.Wrong is { } wrong) return Problems.Bad(wrong);
        var edition = wanted is { } id ? await store.FindEditionAsync(id, ct) : await store.InForceAsync(level, clock.GetUtcNow(), ct);
        if (wanted is not null && edition is null) return Problems.NotFound($"there is no edition {wanted}: see /api/editions");
        if (format == "geojson")
            return await layers.AnswerAsync(http, $"areas {level} {wanted}", edition, "", () => store.FeaturesAsync(edition?.Id ?? 0, level, CancellationToken.None));
        var page = edition is null ? new Page<Area>([], 0, null) : await store.ListAsync(edition.Id, level, after, limit, ct);
        return TypedResults.Ok(new AreaList(page.Items, page.Total, page.Next, edition is null ? null : new(edition.Id, edition.Name), edition?.LegalStatus, Notices.Legal));
    }

    /// <summary>All editions, newest first, each with the levels it holds.</summary>
    internal static async Task<Ok<Page<EditionItem>>> Editions(AreaStore store, TimeProvider clock, CancellationToken ct)
    {
        var editions = await store.EditionsAsync(ct);
        var now = clock.GetUtcNow();
        var items = editions.Select(e => new EditionItem(e.Edition.Id, e.Edition.Name, e.Edition.State, e.Edition.ValidFrom, e.Edition.LegalStatus, e.Edition.Source, e.Levels,
            [.. e.Levels.Where(level => e.Edition.Id == editions.FirstOrDefault(o => o.Edition.State == "in_force" && o.Edition.ValidFrom <= now && o.Levels.Contains(level)).Edition?.Id)]));
        return TypedResults.Ok(new Page<EditionItem>([.. items], editions.Count, null));
    }

    /// <summary>What a signed-in page needs to know of the city.</summary>
    internal static async Task<Ok<CityFacts>> City(CityStore store, TimeProvider clock, CancellationToken ct) => TypedResults.Ok(await store.ReadAsync(clock.GetUtcNow(), ct));

    /// <summary>What the sign-in page shows: whether this is a demo, and its notice.</summary>
    internal static async Task<Ok<ShellFacts>> Shell(CityStore store, CancellationToken ct)
    {
        var demo = await store.IsDemoAsync(ct);
        return TypedResults.Ok(new ShellFacts(demo, demo ? Notices.Demo : null));
    }
}

/// <summary>An edition as lists show it.</summary>
/// <param name="InForce">The levels for which it is the one in force now.</param>
sealed record EditionItem(long Id, string Name, string State, DateTimeOffset ValidFrom, string LegalStatus, string Source, string[] Levels, string[] InForce);

sealed record ShellFacts(bool Demo, Bilingual? Notice);
