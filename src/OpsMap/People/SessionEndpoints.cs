using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OpsMap.Audit;
using OpsMap.Web;

namespace OpsMap.People;

/// <summary>What one signs in with.</summary>
sealed record Entrance(string? User, string? Password);

/// <summary>Who is signed in. <c>Areas</c> are street codes, <c>Committees</c> ids; <c>Unit</c> is null for most.</summary>
sealed record SessionView(string User, string DisplayName, string Role, string[] Areas, long[] Committees, string? Unit, IReadOnlyList<string> May);

/// <summary>/api/session: signing in and out.</summary>
static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/session", Begin).AllowAnonymous().WithTags("People").ProducesProblem(401).ProducesProblem(429);
        app.MapGet("/api/session", Show).Allowing(Operation.SessionRead).WithTags("People");
        app.MapDelete("/api/session", End).Allowing(Operation.SessionEnd).WithTags("People");
    }

    /// <summary>Signs in: 204 and a cookie. A wrong password, an unknown name and a disabled account are answered alike, and after the same time.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Begin(
        Entrance entrance, HttpContext http, Sessions sessions, Passwords passwords, SignInThrottle throttle, AuditLog audit, CancellationToken ct)
    {
        if (entrance is not { User: { } name, Password: { } password }) return Problems.Bad("Send {\"user\": …, \"password\": …}, both as text.");
        if (name.Length > 100 || name.Contains('\0')) return Problems.Bad("user is longer than 100 characters or holds a NUL: send the name as the account list shows it.");
        var address = SignIn.AddressOf(http);
        var account = await sessions.AccountAsync(name, ct);
        bool fits;
        // Asked in turn, so that guesses sent all at once are counted like guesses sent one by one.
        using (var turn = await passwords.TurnAsync(ct))
        {
            if (turn is null) return TooMany(http, TimeSpan.FromSeconds(10));
            if (throttle.WaitOf(name, address) is { } wait) return TooMany(http, wait);
            fits = Passwords.Fits(account?.PasswordHash, password);
            if (!fits) throttle.Failed(name, address);
        }
        if (!fits || account is null || await sessions.BeginAsync(account, address, ct) is not { } secret)
        {
            // A name that nobody has may be a password typed into the wrong field: it is not kept.
            await audit.AddAsync(new AuditRow(account is null ? "unknown" : $"user:{account.Name}", account?.Role ?? "", "session.begin") { Outcome = "refused", Address = address }, ct);
            return Problems.Of(401, "Not signed in", "The user name or the password is wrong, or the account is disabled.");
        }
        throttle.Succeeded(name, address);
        if (http.User is CallerPrincipal { Caller: var before }) await sessions.EndAsync(before, ct);
        http.Response.Cookies.Append(SignIn.CookieName(http.Request), secret, Cookie(http, account.Role == "wall" ? TimeSpan.FromDays(400) : Sessions.Longest));
        return TypedResults.NoContent();
    }

    internal static Ok<SessionView> Show(Caller caller) =>
        TypedResults.Ok(new SessionView(caller.Name, caller.DisplayName, caller.Role, caller.Areas, caller.Committees, caller.Unit, Rights.NamesFor(caller.Role)));

    /// <summary>Signs out: this cookie is worth nothing from here on.</summary>
    internal static async Task<NoContent> End(Caller caller, HttpContext http, Sessions sessions, CancellationToken ct)
    {
        await sessions.EndAsync(caller, ct);
        http.Response.Cookies.Delete(SignIn.CookieName(http.Request), Cookie(http, null));
        return TypedResults.NoContent();
    }

    private static CookieOptions Cookie(HttpContext http, TimeSpan? lasts) =>
        new() { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = lasts, IsEssential = true };

    private static ProblemHttpResult TooMany(HttpContext http, TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problems.Of(429, "Too many attempts", $"Too many failed sign-ins: try again in {seconds} seconds.");
    }
}
