using System.Diagnostics;

namespace OpsMap.Web;

/// <summary>Writes a problem as JSON with the request's trace_id, and as a page where somebody opened a page; the framework's own writer falls silent before a browser.</summary>
sealed class ProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var trace = Activity.Current?.Id ?? context.HttpContext.TraceIdentifier;
        if (ProblemPage.IsFor(context.HttpContext.Request)) return new(ProblemPage.WriteAsync(context.HttpContext, trace));
        context.ProblemDetails.Extensions["trace_id"] = trace;
        return new(context.HttpContext.Response.WriteAsJsonAsync(context.ProblemDetails, Json.Options, "application/problem+json"));
    }
}
