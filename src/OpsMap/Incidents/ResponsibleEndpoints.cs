using Microsoft.AspNetCore.Http.HttpResults;
using OpsMap.Areas;
using OpsMap.Web;

namespace OpsMap.Incidents;

/// <summary>/api/responsible: whose a place is, and why.</summary>
static class ResponsibleEndpoints
{
    /// <summary>Answers as an incident at this place would be judged at that time.</summary>
    internal static async Task<Results<Ok<Decision>, ProblemHttpResult>> Ask(HttpRequest request, ResponsibilityStore store, TimeProvider clock, CancellationToken ct)
    {
        var asked = new Asked(request);
        var (lon, lat) = (asked.Number("lon", -180, 180), asked.Number("lat", -90, 90));
        var (datum, level) = (asked.OneOf("datum", "wgs84", Datum.Names), asked.OneOf("level", "street", AreaLevels.All));
        var at = asked.Text("at") is null or "now" ? clock.GetUtcNow() : asked.Time("at") ?? clock.GetUtcNow();
        if (asked.Wrong is { } wrong) return Problems.Bad(wrong);
        if (lon is not { } x || lat is not { } y) return Problems.Bad($"{(lon is null ? "lon" : "lat")} is missing: send lon and lat in degrees");
        var point = Datum.ToWgs84(datum, x, y);
        var around = await store.AroundAsync([point], level, at, ct);
        return TypedResults.Ok(around.Edition is { } edition ? Responsibility.Decide(around.Near[0], around.Committees, edition) : Responsibility.NoEdition);
    }
}
