using System.Diagnostics;

namespace OpsMap.Web;

/// <summary>Writes a problem as JSON with the request's trace_id whatever the client says it would like: the framework's own writer falls silent before a browser.</summary>
sealed class ProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        context.ProblemDetails.Extensions["trace_id"] = Activity.Current?.Id ?? context.HttpContext.TraceIdentifier;
        return new(context.HttpContext.Response.WriteAsJsonAsync(context.ProblemDetails, Json.Options, "application/problem+json"));
    }
}
