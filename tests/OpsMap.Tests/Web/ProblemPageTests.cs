using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using OpsMap.Web;

namespace OpsMap.Tests.Web;

public sealed class ProblemPageTests
{
    [Theory]
    [InlineData("GET", "/", "text/html", true)]
    [InlineData("GET", "/nowhere", "application/json, text/html;q=0.5", true)]
    [InlineData("POST", "/", "text/html", false)]
    [InlineData("GET", "/", "*/*", false)]
    [InlineData("GET", "/", "text/html;q=0", false)]
    [InlineData("GET", "/api/city", "text/html", false)]
    [InlineData("GET", "/API/city", "text/html", false)]
    [InlineData("GET", "/live", "text/html", false)]
    [InlineData("GET", "/health/ready", "text/html", false)]
    public void Only_a_browser_that_opens_a_page_is_shown_one(string method, string path, string accept, bool page) =>
        ProblemPage.IsFor(Request(method, path, accept).Request).ShouldBe(page);

    [Fact]
    public async Task A_mistake_of_ours_is_shown_with_its_trace_id_and_a_way_to_try_again()
    {
        var (context, html) = await PageOf500(demo: false);

        html.ShouldContain("追踪编号");
        html.ShouldContain("Try again");
        html.ShouldContain(System.Diagnostics.Activity.Current?.Id ?? "&lt;trace&gt;");
        html.ShouldNotContain("secret inside");
        html.ShouldNotContain("演示数据");
        context.Response.StatusCode.ShouldBe(500);
    }

    [Fact]
    public async Task In_the_demo_city_this_page_too_says_that_its_data_are_fictional()
    {
        var (_, html) = await PageOf500(demo: true);

        html.ShouldContain("演示数据");
        html.ShouldContain("Demo data");
    }

    private static async Task<(HttpContext Context, string Html)> PageOf500(bool demo)
    {
        var context = Request("GET", "/", "text/html");
        context.RequestServices = new ServiceCollection().AddSingleton(new ServeOptions("http://127.0.0.1", "") { Demo = demo }).BuildServiceProvider();
        context.TraceIdentifier = "<trace>";
        context.Response.StatusCode = 500;
        var body = new MemoryStream();
        context.Response.Body = body;
        await new ProblemWriter().WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = new ProblemDetails { Status = 500, Detail = "secret inside" } });
        return (context, Encoding.UTF8.GetString(body.ToArray()));
    }

    [Theory]
    [InlineData("/mistake", HttpStatusCode.InternalServerError, "服务器出错了")]
    [InlineData("/away", HttpStatusCode.ServiceUnavailable, "暂时无法打开")]
    public async Task What_fails_while_a_page_is_made_keeps_its_status_and_says_nothing_of_the_inside(string path, HttpStatusCode status, string title)
    {
        var serve = new ServeOptions("http://127.0.0.1:0", WebRoot.Find());
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { WebRootPath = serve.WebRoot, EnvironmentName = "Production" });
        builder.AddWeb(serve);
        builder.Services.AddSingleton(serve).AddSingleton(serve.Clock);
        await using var app = builder.Build();
        app.UseWeb();
        app.MapGet("/mistake", string () => throw new InvalidOperationException("secret inside"));
        app.MapGet("/away", string () => throw new TimeoutException("secret inside"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()), DefaultRequestHeaders = { Accept = { new("text/html") } } };

        var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("text/html");
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html.ShouldContain(title);
        html.ShouldContain("追踪编号");
        html.ShouldNotContain("secret inside");
    }

    private static DefaultHttpContext Request(string method, string path, string accept) =>
        new() { Request = { Method = method, Path = path, Headers = { Accept = accept } } };
}
