using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OpsMap.Audit;
using OpsMap.Feeds;
using OpsMap.Web;

namespace OpsMap.People;

/// <summary>Scheme <c>opsmap</c>: a feed's key, a person's token, or the session cookie, in this order; the first one shown decides and there is no second try.</summary>
/// <remarks>Nothing secret is read from an address, which logs and histories keep.</remarks>
sealed class SignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, CallerStore callers)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "opsmap";
    private bool _writesWithToken;

    /// <summary>The cookie's name: over https the browser itself keeps it from other hosts and from plain http.</summary>
    public static string CookieName(HttpRequest request) => request.IsHttps ? "__Host-opsmap" : "opsmap";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Shown() is not { } shown) return AuthenticateResult.NoResult();
        if (shown.Secret.Length is 0 or > 200) return AuthenticateResult.Fail("not a secret of ours");
        var caller = await callers.FindAsync(Credential.Of(shown.Kind, shown.Secret), Context.RequestAborted);
        if (caller is null || (shown.User is { } user && !string.Equals(user, caller.Name, StringComparison.OrdinalIgnoreCase))) return AuthenticateResult.Fail("unknown, ended or disabled");
        _writesWithToken = shown.Kind == CredentialKind.Token && !TokenMay(Request);
        if (_writesWithToken) return AuthenticateResult.Fail("a token only reads");
        return AuthenticateResult.Success(new AuthenticationTicket(new CallerPrincipal(caller with { Address = AddressOf(Context) }), Scheme.Name));
    }

    /// <summary>Where a request came from; one IPv4 address is one text, however the socket listens.</summary>
    public static string AddressOf(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : "";

    private (CredentialKind Kind, string Secret, string? User)? Shown()
    {
        if (Request.Headers.TryGetValue("X-Api-Key", out var key)) return (CredentialKind.Key, key.ToString(), null);
        if (Request.Headers.Authorization is { Count: > 0 } authorization) return Token(authorization.ToString());
        return Request.Cookies[CookieName(Request)] is { } cookie ? (CredentialKind.Session, cookie, null) : null;
    }

    /// <summary>Bearer TOKEN or Basic user:TOKEN; anything else is no secret of ours.</summary>
    private static (CredentialKind, string, string?) Token(string authorization)
    {
        (CredentialKind, string, string?) none = (CredentialKind.Token, "", null);
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header) || header.Parameter is not { } value) return none;
        if (header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)) return (CredentialKind.Token, value, null);
        if (!header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)) return none;
        Span<byte> bytes = stackalloc byte[512];
        if (value.Length > 600 || !Convert.TryFromBase64String(value, bytes, out var length)) return none;
        return Encoding.UTF8.GetString(bytes[..length]).Split(':', 2) is [var user, var token] ? (CredentialKind.Token, token, user) : none;
    }

    // Opening a live connection begins with a POST that changes nothing.
    private static bool TokenMay(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Path == "/live/negotiate")
        && new[] { "/api", "/ogc", "/tiles", "/live" }.Any(start => request.Path.StartsWithSegments(start));

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_writesWithToken) return Problems.Of(403, "Not allowed", $"A token only reads (GET under /api, /ogc and /tiles): sign in to {Request.Method} {Request.Path}.").ExecuteAsync(Context);
        Response.Headers.WWWAuthenticate = "Bearer realm=\"OpsMap\"";
        // Tools wait to be asked for a password; a browser would open its own window over our page.
        if (!Request.Headers.ContainsKey("Sec-Fetch-Mode")) Response.Headers.Append("WWW-Authenticate", "Basic realm=\"OpsMap\", charset=\"UTF-8\"");
        return Problems.Of(401, "Not signed in", "Sign in with POST /api/session, or send a valid token (Authorization) or, for a feed, its key (X-Api-Key).").ExecuteAsync(Context);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var caller = (Context.User as CallerPrincipal)?.Caller;
        var operation = Context.GetEndpoint()?.Metadata.GetMetadata<OperationRequirement>()?.Operation;
        if (caller?.Feed is not null && Context.GetRouteValue("feed") is string other && await Context.RequestServices.GetRequiredService<FeedStore>().IdAsync(other, Context.RequestAborted) is null)
        {
            await Problems.NotFound($"There is no feed '{other}'.").ExecuteAsync(Context);
            return;
        }
        var detail = (caller, operation) switch
        {
            (_, null) => "Nobody may do this.",
            ({ Feed: { } feed }, { } o) when caller.Reach(o) != Reach.None => $"The key of feed '{feed}' cannot send as feed '{Context.GetRouteValue("feed")}'.",
            (_, { } o) => $"The role {caller?.Role} may not do this ({Rights.NameOf(o)}).",
        };
        if (caller is not null && operation is { } refused) await Context.RequestServices.GetRequiredService<Refusals>().NoteAsync(caller, refused, Request);
        await Problems.Of(403, "Not allowed", detail).ExecuteAsync(Context);
    }
}
