using Microsoft.Net.Http.Headers;

namespace OpsMap.Web;

/// <summary>Refuses what another site makes a signed-in browser send: changes, and the hub's handshake, which no same-origin rule protects.</summary>
/// <remarks>Requests that show a key or token are let through: a foreign page cannot make a browser add those.</remarks>
sealed class ForeignOrigins(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var hub = request.Path.StartsWithSegments("/live");
        var shown = request.Headers.ContainsKey(HeaderNames.Authorization) || request.Headers.ContainsKey("X-Api-Key");
        if ((!hub && (shown || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))) || !IsForeign(request)) return next(context);
        return Problems.Of(403, "Refused", "The request comes from another site; send it from OpsMap's own pages, or with a token (Authorization).").ExecuteAsync(context);
    }

    private static bool IsForeign(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] == "cross-site") return true;
        if (request.Headers.Origin is not [{ Length: > 0 } origin]) return request.Headers.Origin.Count > 1;
        // The host decides and not the scheme, which differs behind a proxy that speaks https.
        return !Uri.TryCreate(origin, UriKind.Absolute, out var from) || !from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase) || (request.IsHttps && from.Scheme != Uri.UriSchemeHttps);
    }
}
