using Microsoft.Net.Http.Headers;

namespace OpsMap.Web;

/// <summary>What tells a browser to trust nothing but this host. A page with an inline import map adds that map's hash to the policy.</summary>
sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>The policy; <paramref name="scripts"/> are sources beside 'self', as 'sha256-…'.</summary>
    public static string Policy(params IEnumerable<string> scripts) =>
        $"default-src 'self'; script-src {string.Join(' ', scripts.Prepend("'self'"))}; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
        + "frame-ancestors 'none'; object-src 'none'; base-uri 'none'; form-action 'self'";

    private static readonly string Default = Policy();

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.TryAdd(HeaderNames.ContentSecurityPolicy, Default);
            headers[HeaderNames.XContentTypeOptions] = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (context.Request.IsHttps) headers[HeaderNames.StrictTransportSecurity] = "max-age=31536000";
            if (context.Request.Path.StartsWithSegments("/api")) headers.TryAdd(HeaderNames.CacheControl, "no-store");
            return Task.CompletedTask;
        });
        return next(context);
    }
}
