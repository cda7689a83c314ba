using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace OpsMap.Tests.Web;

public sealed class ShellTests(City city) : IClassFixture<City>
{
    [Theory]
    [InlineData("/", "/sign-in?next=%2F")]
    [InlineData("/?lang=en", "/sign-in?next=%2F%3Flang%3Den")]
    [InlineData("/accounts", "/sign-in?next=%2Faccounts")]
    public async Task A_page_leads_to_signing_in_and_back(string page, string there)
    {
        var answer = await city.Anonymous().GetAsync(page);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location?.OriginalString.ShouldBe(there);
    }

    [Fact]
    public async Task The_map_and_the_accounts_page_are_shown_to_whoever_signed_in_and_the_second_not_on_a_wall()
    {
        (await city.As("operator").GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var role in new[] { "operator", "planner", "auditor", "admin" }) (await city.As(role).GetAsync("/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK, role);
        (await city.As("wall").GetAsync("/accounts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await city.Anonymous().GetAsync("/sign-in")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/index.html")]
    [InlineData("/accounts.html")]
    public async Task No_page_is_shown_past_its_route(string file) => (await city.Anonymous().GetAsync(file)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task A_page_trusts_this_host_its_import_map_and_nothing_else()
    {
        var answer = await city.As("operator").GetAsync("/");

        var map = Regex.Match(await answer.Content.ReadAsStringAsync(), "<script type=\"importmap\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(map)));
        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain($"script-src 'self' 'sha256-{hash}';");
        foreach (var rule in new[] { "default-src 'self'", "style-src 'self'", "img-src 'self' blob: data:", "connect-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'" })
            policy.Split("; ").ShouldContain(rule);
        policy.ShouldNotContain("unsafe");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/js/main.js")]
    [InlineData("/lib/leaflet/dist/leaflet.css")]
    public async Task A_browser_asks_again_and_is_told_that_nothing_changed(string path)
    {
        var client = city.As("operator");
        var first = await client.GetAsync(path);
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag.ShouldNotBeNull());

        var second = await client.SendAsync(request);

        first.Headers.CacheControl?.NoCache.ShouldBeTrue();
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Scripts_are_sent_compressed()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/lib/leaflet/dist/leaflet-src.esm.js");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));

        var answer = await city.Anonymous().SendAsync(request);

        answer.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("text/javascript");
    }

    [Fact]
    public async Task What_is_not_there_in_the_api_is_a_problem_whatever_the_client_would_like()
    {
        var answer = await Open("operator", "/api/nowhere");

        (await answer.Refusal(HttpStatusCode.NotFound)).ShouldBe("There is nothing at this address.");
        ((string?)(await answer.Json())["trace_id"]).ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("operator", "/nowhere", HttpStatusCode.NotFound, "没有这个页面", "There is no such page")]
    [InlineData("wall", "/accounts", HttpStatusCode.Forbidden, "您不能打开这个页面", "You may not open this page")]
    public async Task Whoever_opens_a_page_in_vain_is_shown_one_that_says_why_and_leads_back(string role, string path, HttpStatusCode status, string zh, string en)
    {
        var answer = await Open(role, path);

        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType?.ToString().ShouldBe("text/html; charset=utf-8");
        answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("script-src 'self';");
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain(zh);
        html.ShouldContain(en);
        html.ShouldContain("href=\"/\"");
        html.ShouldNotContain("trace");
    }

    [Fact]
    public async Task Whoever_opens_what_is_not_there_without_a_session_is_led_to_sign_in()
    {
        var answer = await Open(null, "/nowhere?lang=en");

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location?.OriginalString.ShouldBe("/sign-in?next=%2Fnowhere%3Flang%3Den");
        (await Open(null, "/api/city")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private Task<HttpResponseMessage> Open(string? role, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        return (role is null ? city.Anonymous() : city.As(role)).SendAsync(request);
    }

    [Fact]
    public async Task A_wrong_method_and_a_wrong_content_type_say_so()
    {
        var operatorClient = city.As("operator");

        (await operatorClient.DeleteAsync("/api/city")).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await (await operatorClient.DeleteAsync("/api/city")).Refusal(HttpStatusCode.MethodNotAllowed)).ShouldContain("Allow header");
        await (await city.Anonymous().PostText("/api/session", "<user/>", "text/xml")).Refusal(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_body_that_is_no_json_is_told_where_the_fault_is()
    {
        var refused = await city.Anonymous().PostText("/api/session", """{"user": "operator", "password": }""");

        (await refused.Refusal(HttpStatusCode.BadRequest)).ShouldContain("line 1, byte 34");
    }

    [Fact]
    public async Task A_body_of_more_than_a_megabyte_is_too_large()
    {
        var refused = await city.Anonymous().PostText("/api/session", $$"""{"user":"{{new string('x', 1 << 20)}}","password":""}""");

        await refused.Refusal(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task What_another_site_makes_a_browser_send_is_refused(string header, string value)
    {
        var change = new HttpRequestMessage(HttpMethod.Delete, "/api/session") { Headers = { { header, value } } };
        var handshake = new HttpRequestMessage(HttpMethod.Get, "/live") { Headers = { { header, value } } };
        var negotiation = new HttpRequestMessage(HttpMethod.Post, "/live/negotiate?negotiateVersion=1") { Headers = { { header, value } } };
        var reading = new HttpRequestMessage(HttpMethod.Get, "/api/session") { Headers = { { header, value } } };

        foreach (var request in new[] { change, handshake, negotiation })
            await (await city.As("operator").SendAsync(request)).Refusal(HttpStatusCode.Forbidden);
        (await city.As("operator").SendAsync(reading)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_own_pages_may_change_things()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/live/negotiate?negotiateVersion=1") { Headers = { { "Origin", city.Url.GetLeftPart(UriPartial.Authority) }, { "Sec-Fetch-Site", "same-origin" } } };

        (await city.As("operator").SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Health_is_told_to_anybody_and_nothing_more()
    {
        (await city.Anonymous().GetStringAsync("/health/live")).ShouldBe("live\n");
        (await city.Anonymous().GetStringAsync("/health/ready")).ShouldBe("ready\n");
    }
}
