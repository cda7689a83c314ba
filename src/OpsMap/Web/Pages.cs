using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;
using OpsMap.People;

namespace OpsMap.Web;

/// <summary>The pages, and the files that they load. A page is a route with rights like any other; its files are the same for everybody.</summary>
static class Pages
{
    public static void MapPages(this IEndpointRouteBuilder app, ServeOptions serve)
    {
        app.MapPage("/", serve, "index.html").Allowing(Operation.CityRead);
        app.MapPage("/accounts", serve, "accounts.html").Allowing(Operation.AccountsOpen);
        app.MapPage("/sign-in", serve, "sign-in.html").AllowAnonymous();
    }

    private static IEndpointConventionBuilder MapPage(this IEndpointRouteBuilder app, string path, ServeOptions serve, string file)
    {
        var page = new Page(Path.Combine(serve.WebRoot, file));
        return app.MapMethods(path, ["GET", "HEAD"], page.Show).WithMetadata(new PageRoute());
    }

    /// <summary>Scripts, styles and pictures. Pages themselves are not among them, so that none is shown without its route.</summary>
    public static void UsePageFiles(this WebApplication app)
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings.Remove(".html");
        types.Mappings.Remove(".htm");
        types.Mappings[".mjs"] = types.Mappings[".js"] = "text/javascript";
        app.UseStaticFiles(new StaticFileOptions
        {
            ContentTypeProvider = types,
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache", // kept, but asked after: the ETag answers
        });
    }
}

/// <summary>Marks a route that people open in a browser.</summary>
sealed record PageRoute;

/// <summary>One HTML file, read again when it changes, with the hash of its import map in the policy that it is sent with.</summary>
sealed partial class Page(string path)
{
    private sealed record Text(DateTime Written, byte[] Html, EntityTagHeaderValue Tag, string Policy);

    private Text? _text;

    /// <summary>The page, or 304 when the browser has it; 404 when the file is not there.</summary>
    public IResult Show(HttpContext context)
    {
        if (!File.Exists(path)) return Problems.NotFound("This installation has no such page.");
        var written = File.GetLastWriteTimeUtc(path);
        var text = _text is { } known && known.Written == written ? known : _text = Read(written);
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.ContentSecurityPolicy = text.Policy;
        return Results.File(text.Html, "text/html; charset=utf-8", entityTag: text.Tag);
    }

    private Text Read(DateTime written)
    {
        var html = File.ReadAllBytes(path);
        var maps = ImportMap().Matches(Encoding.UTF8.GetString(html)).Select(map => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(map.Groups[1].Value)))}'");
        return new Text(written, html, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(html))[..16]}\""), SecurityHeaders.Policy(maps));
    }

    [GeneratedRegex("""<script\s+type="importmap"\s*>(.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex ImportMap();
}

/// <summary>Who opens a page without a session is led to sign in and back again; everything else is refused as it is.</summary>
sealed class SignInFirst : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _otherwise = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult outcome)
    {
        if (!outcome.Challenged || (context.GetEndpoint()?.Metadata.GetMetadata<PageRoute>() is null && !ProblemPage.IsFor(context.Request))) return _otherwise.HandleAsync(next, context, policy, outcome);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect($"/sign-in?next={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
        return Task.CompletedTask;
    }
}
