using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using OpsMap.Areas;
using OpsMap.Audit;
using OpsMap.Feeds;
using OpsMap.People;
using OpsMap.Web;

namespace OpsMap.Incidents;

/// <summary>/api/incidents: reading, filing by hand, and moving a case along the loop.</summary>
static class IncidentEndpoints
{
    public static void AddIncidents(this WebApplicationBuilder builder) => builder.Services
        .AddSingleton<IncidentStore>().AddSingleton<ReportStore>().AddSingleton<ResponsibilityStore>().AddSingleton<Intake>().AddSingleton<Gatherer>().AddSingleton<FeedReports>().AddSingleton<CategoryStore>();

    public static void MapIncidents(this IEndpointRouteBuilder app)
    {
        var incidents = app.MapGroup("/api/incidents").WithTags("Incidents");
        incidents.MapGet("/", List).Allowing(Operation.IncidentsRead).ProducesProblem(400);
        incidents.MapGet("/{id:long}", Show).Allowing(Operation.IncidentsRead).ProducesProblem(404);
        incidents.MapPost("/", File).Allowing(Operation.IncidentsReport).ProducesProblem(400);
        incidents.MapPost("/{id:long}/transitions", Move).Allowing(Operation.IncidentsMove).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        app.MapGet("/api/categories", Categories).WithTags("Incidents").Allowing(Operation.CityRead);
        app.MapGet("/api/departments", Departments).WithTags("Incidents").Allowing(Operation.CityRead);
        app.MapGet("/api/responsible", ResponsibleEndpoints.Ask).WithTags("Incidents").Allowing(Operation.ResponsibleAsk).ProducesProblem(400);
    }

    /// <summary>The caller's incidents, newest first, as the live items.</summary>
    internal static async Task<Results<Ok<Page<RawJson>>, ProblemHttpResult>> List(HttpRequest request, Caller caller, IncidentStore store, CancellationToken ct)
    {
        var asked = new Asked(request);
        var query = new IncidentQuery(caller.Filter(Operation.IncidentsRead), asked.Box(), asked.List("status", CaseLoop.Statuses), asked.List("street"),
            asked.Id("committee"), asked.List("category"), asked.Time("since"), asked.Cursor(), asked.Limit());
        return asked.Wrong is { } wrong ? Problems.Bad(wrong) : TypedResults.Ok(await store.ListAsync(query, ct));
    }

    /// <summary>One incident with its decision, history and the moves the caller may make; 404 when it is unknown or out of the caller's scope.</summary>
    internal static async Task<Results<Ok<JsonObject>, ProblemHttpResult>> Show(long id, Caller caller, IncidentStore store, AuditLog audit, CancellationToken ct) =>
        await FindAsync(id, caller, Operation.IncidentsRead, store, audit, ct) is { } incident ? TypedResults.Ok(Dress(incident, caller)) : Unknown(id);

    /// <summary>Files a report by hand.</summary>
    internal static async Task<Results<Created<JsonObject>, ProblemHttpResult>> File(JsonElement body, Caller caller, Intake intake, IncidentStore store, TimeProvider clock, CancellationToken ct)
    {
        if (caller.UserId is not { } user) return Problems.Of(403, "Not allowed", "only a person files by hand");
        if (body.ValueKind != JsonValueKind.Object) return Problems.Bad($"the body is {FeedBody.Kind(body)}: send an object with category, title, lon, lat and datum");
        var (report, refused) = Report.Read(body, user, clock.GetUtcNow());
        if (report is null) return Problems.Bad($"{refused?.Detail} ({refused?.Reason})");
        if (report.Category.Length == 0) return Problems.Bad("category is missing: send a code of /api/categories");
        if (report.Title.Trim().Length == 0) return Problems.Bad("title is missing: say in a few words what is the matter");
        if (report.Place is null && report.Address.Length == 0) return Problems.Bad("lon and lat are missing: send both with their datum, or an address");
        var id = (await intake.StoreAsync([report], caller, ct))[0].Id;
        var incident = await store.FindAsync(id, ct) ?? throw new InvalidOperationException($"incident {id} is gone as soon as it was filed");
        return TypedResults.Created($"/api/incidents/{id}", Dress(incident, caller));
    }

    /// <summary>Moves one case; 404 when it is unknown or out of the caller's scope, 403 when the role never does this, 409 with the moves allowed.</summary>
    internal static async Task<Results<Ok<JsonObject>, ProblemHttpResult>> Move(long id, Transition wanted, Caller caller, IncidentStore store, AuditLog audit, CancellationToken ct)
    {
        if (Fault(wanted) is { } fault) return Problems.Bad(fault);
        if (await FindAsync(id, caller, Operation.IncidentsMove, store, audit, ct) is not { } incident) return Unknown(id);
        if (CaseLoop.IsOthers(incident.Status, wanted.To, caller.Role)) return Problems.Of(403, "Not allowed", $"moving a case to {wanted.To} is not a step of {caller.Role}: {CaseLoop.Describe(incident.Status, caller.Role)}");
        if (CaseLoop.Find(incident.Status, wanted.To, caller.Role) is not { } move)
            return Refuse($"incident {id} is {incident.Status} and cannot be moved to {wanted.To}", incident.Status, caller);
        if (Missing(move, wanted) is { } missing) return Problems.Bad(missing);
        if (wanted.Unit is { } unit && !await store.HasUnitAsync(unit, ct)) return Problems.Bad($"unit '{unit}' is unknown: send the code of a department or unit of /api/departments or /api/units");
        if (await store.MoveAsync(incident, move.Needs.Contains("unit") ? wanted : wanted with { Unit = null }, caller, ct) is null)
        {
            var now = await store.FindAsync(id, ct) ?? incident;
            return Refuse($"incident {id} was moved by somebody else meanwhile and is now {now.Status}", now.Status, caller);
        }
        return TypedResults.Ok(Dress(await store.FindAsync(id, ct) ?? incident, caller));
    }

    /// <summary>What a case can be about, gravest first.</summary>
    internal static async Task<Ok<Page<Category>>> Categories(CategoryStore store, CancellationToken ct)
    {
        var categories = await store.ListAsync(ct);
        return TypedResults.Ok(new Page<Category>(categories, categories.Count, null));
    }

    /// <summary>The bodies that cases are handed to.</summary>
    internal static async Task<Ok<Page<Department>>> Departments(CategoryStore store, CancellationToken ct)
    {
        var departments = await store.DepartmentsAsync(ct);
        return TypedResults.Ok(new Page<Department>(departments, departments.Count, null));
    }

    /// <summary>The incident where the caller may see it. One that is there but not the caller's to see leaves an audit row.</summary>
    private static async Task<Incident?> FindAsync(long id, Caller caller, Operation operation, IncidentStore store, AuditLog audit, CancellationToken ct)
    {
        if (await store.FindAsync(id, ct) is not { } incident) return null;
        if (caller.Sees(operation, incident.Scopes)) return incident;
        await audit.AddAsync(AuditRow.Refused(caller, operation, $"incidents:{id}"), ct);
        return null;
    }

    private static ProblemHttpResult Refuse(string why, string status, Caller caller) =>
        Problems.Conflict($"{why}: {CaseLoop.Describe(status, caller.Role)}", new() { ["moves"] = CaseLoop.MovesFrom(status, caller.Role) });

    private static JsonObject Dress(Incident incident, Caller caller)
    {
        incident.Detail["moves"] = JsonSerializer.SerializeToNode(caller.Sees(Operation.IncidentsMove, incident.Scopes) ? CaseLoop.MovesFrom(incident.Status, caller.Role) : [], Json.Options);
        incident.Detail["notice"] = JsonSerializer.SerializeToNode(Notices.Legal, Json.Options);
        return incident.Detail;
    }

    private static string? Fault(Transition wanted) =>
        wanted.To is not { } to || !CaseLoop.Statuses.Contains(to) ? $"to '{wanted.To}' is not a status: send one of {string.Join(", ", CaseLoop.Statuses)}"
        : (wanted.Unit?.Length ?? 0) > 200 || (wanted.Reason?.Length ?? 0) > 1000 || (wanted.Note?.Length ?? 0) > 4000 ? "unit takes at most 200 characters, reason 1000, note 4000"
        : $"{wanted.Unit}{wanted.Reason}{wanted.Note}".Contains('\0') ? "unit, reason or note contains U+0000, which cannot be stored: leave it out"
        : null;

    private static string? Missing(CaseMove move, Transition wanted) =>
        move.Needs.Contains("unit") && string.IsNullOrWhiteSpace(wanted.Unit) ? $"unit is missing: {move.To} needs the code of the department or unit that is to handle it"
        : move.Needs.Contains("reason") && string.IsNullOrWhiteSpace(wanted.Reason) ? $"reason is missing: {move.To} needs one"
        : null;

    private static ProblemHttpResult Unknown(long id) => Problems.NotFound($"there is no incident {id} within your scope");
}
