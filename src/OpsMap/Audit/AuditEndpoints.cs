using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using OpsMap.People;
using OpsMap.Web;

namespace OpsMap.Audit;

/// <summary>One line of the record, as it was written.</summary>
sealed record AuditEntry(long Id, DateTimeOffset At, string Actor, string Role, string Operation, string Subject, string Outcome, JsonElement? Detail, string Address);

/// <summary>/api/audit: who did what, the newest first.</summary>
static class AuditEndpoints
{
    public static void AddAudit(this WebApplicationBuilder builder) => builder.Services.AddSingleton<AuditLog>().AddSingleton<Refusals>();

    public static void MapAudit(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/audit", List).Allowing(Operation.AuditRead).WithTags("Audit").ProducesProblem(400);

    /// <summary>The record, narrowed by <c>actor</c>, <c>operation</c>, <c>except</c>, <c>outcome</c> and <c>since</c>, a page at a time.</summary>
    internal static async Task<Results<Ok<Page<AuditEntry>>, ProblemHttpResult>> List(HttpRequest request, AuditLog audit, CancellationToken ct)
    {
        var asked = new Asked(request);
        var query = new AuditQuery(asked.Text("actor"), asked.Text("operation"), asked.List("except"), asked.OneOf("outcome", "", ["done", "refused"]) is { Length: > 0 } outcome ? outcome : null, asked.Time("since"));
        var (before, limit) = (asked.Cursor(), asked.Limit(100));
        if (asked.Wrong is { } wrong) return Problems.Bad(wrong);
        var (items, total) = await audit.ListAsync(query, before, limit, ct);
        return TypedResults.Ok(Page<AuditEntry>.Of(items, limit, total, e => e.Id));
    }
}
