using System.Net;
using OpsMap.Areas;

namespace OpsMap.Web;

/// <summary>A problem as a small page, where a browser opened an address that is no API: what is wrong, what to do, and the way back to the map.</summary>
/// <remarks>It needs neither the database nor a script: both languages are in it, and the style sheet shows the one that the page is in.</remarks>
static class ProblemPage
{
    private static readonly string[] Machines = ["/api", "/ogc", "/tiles", "/live", "/health"];

    /// <summary>Whether this request is somebody's opening a page: it reads, says that it takes HTML, and does not ask the API.</summary>
    public static bool IsFor(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !Array.Exists(Machines, start => request.Path.StartsWithSegments(start, StringComparison.OrdinalIgnoreCase))
        && request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && type.Quality is not 0);

    /// <summary>Writes the page under the status that the answer has already.</summary>
    public static async Task WriteAsync(HttpContext context, string trace)
    {
        var status = context.Response.StatusCode;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Vary = "Accept";
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.WriteAsync(Html(status, status >= 500 ? trace : null, context.RequestServices.GetRequiredService<ServeOptions>().Demo), context.RequestAborted);
    }

    private readonly record struct Both(string Zh, string En)
    {
        public string In(string tag, string more = "") => $"<{tag} lang=\"zh-CN\"{more}>{Zh}</{tag}><{tag} lang=\"en\"{more}>{En}</{tag}>";
    }

    private static (Both Title, Both Advice) Words(int status) => status switch
    {
        403 => (new("您不能打开这个页面", "You may not open this page"),
            new("您账号的角色没有打开它的权限。如工作需要，请联系管理员。", "The role of your account has no right to it. If your work needs it, ask an administrator.")),
        404 => (new("没有这个页面", "There is no such page"),
            new("请核对地址；也可能是链接已经失效。从地图重新开始即可。", "Check the address; the link may also be out of date. Start again from the map.")),
        503 or 507 => (new("暂时无法打开", "Not available at the moment"),
            new("服务器眼下无法应答。请过几秒再试；仍不行时，请把下面的追踪编号告诉管理员。", "The server cannot answer just now. Try again in a few seconds; if that does not help, give the administrator the trace id below.")),
        >= 500 => (new("服务器出错了", "Something went wrong on the server"),
            new("这是系统的问题，不是您操作的问题。请再试一次；仍不行时，请把下面的追踪编号告诉管理员。", "It is a mistake of the system, not yours. Try again; if that does not help, give the administrator the trace id below.")),
        _ => (new("这个请求无法处理", "This request cannot be handled"), new("请核对地址，或从地图重新开始。", "Check the address, or start again from the map.")),
    };

    private static string Html(int status, string? trace, bool demo)
    {
        var strip = demo ? $"""<div class="strip" role="note">{new Both(Notices.Demo.Zh, Notices.Demo.En).In("span")}</div>""" : "";
        var (title, advice) = Words(status);
        var again = trace is null ? "" : $"""<a class="btn" href="">{new Both("重试", "Try again").In("span")}</a>""";
        var id = trace is null ? "" : $"""<p class="trace">{new Both("追踪编号", "Trace id").In("span")} <code>{WebUtility.HtmlEncode(trace)}</code></p>""";
        return $"""
            <!doctype html>
            <html lang="zh-CN" data-theme="light">
            <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="robots" content="noindex">
                <title>{status} · OpsMap</title>
                <link rel="icon" href="/img/mark.svg" type="image/svg+xml">
                <link rel="stylesheet" href="/css/tokens.css">
                <link rel="stylesheet" href="/css/base.css">
                <link rel="stylesheet" href="/css/problem.css">
                <script src="/js/theme-boot.js"></script>
            </head>
            <body class="problem-page">
                {strip}
                <main class="problem">
                    <img src="/img/mark.svg" alt="OpsMap" width="46" height="46">
                    <p class="status num">{status}</p>
                    {title.In("h1")}
                    {advice.In("p")}
                    {id}
                    <p class="ways"><a class="btn primary" href="/">{new Both("返回地图", "Back to the map").In("span")}</a>{again}</p>
                </main>
            </body>
            </html>

            """;
    }
}
