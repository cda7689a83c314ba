using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace OpsMap.Tests.People;

public sealed class TokenTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task A_token_reads_as_its_owner_does_by_either_header()
    {
        var token = await Token("planner");

        ((string?)(await With("Bearer", token).GetJson("/api/session"))["user"]).ShouldBe("planner");
        ((string?)(await With("Basic", Base64($"planner:{token}")).GetJson("/api/session"))["user"]).ShouldBe("planner");
        ((string?)(await With("Basic", Base64($"PLANNER:{token}")).GetJson("/api/session"))["role"]).ShouldBe("planner");
    }

    [Fact]
    public async Task A_token_changes_nothing()
    {
        var client = With("Bearer", await Token("admin"));

        (await (await client.Post("/api/users", new { name = "x", role = "admin" })).Refusal(HttpStatusCode.Forbidden)).ShouldContain("only reads");
        await (await client.PostText("/api/tokens", "{}")).Refusal(HttpStatusCode.Forbidden);
        await (await client.DeleteAsync("/api/session")).Refusal(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task What_is_no_token_is_nobody_even_beside_a_good_cookie()
    {
        var token = await Token("planner");
        foreach (var (scheme, value) in new[] { ("Bearer", "x"), ("Basic", "not base64"), ("Basic", Base64("planner")), ("Basic", Base64($"operator:{token}")), ("Basic", Base64($"planner:{City.Password}")), ("Digest", token), ("Bearer", token + "A") })
            await (await With(scheme, value).GetAsync("/api/session")).Refusal(HttpStatusCode.Unauthorized);
        var both = new HttpRequestMessage(HttpMethod.Get, "/api/session") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", "x") } };
        await (await city.As("planner").SendAsync(both)).Refusal(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Secrets_of_one_kind_do_not_serve_as_another()
    {
        var token = await Token("planner");
        await (await city.Feed(token).PostText("/api/feeds/test/incidents", "[]")).Refusal(HttpStatusCode.Unauthorized);
        await (await With("Bearer", "test-key").GetAsync("/api/session")).Refusal(HttpStatusCode.Unauthorized);
        var cookie = new HttpRequestMessage(HttpMethod.Get, "/api/session") { Headers = { { "Cookie", $"opsmap={token}" } } };
        await (await city.Anonymous().SendAsync(cookie)).Refusal(HttpStatusCode.Unauthorized);
        await (await city.Anonymous().GetAsync($"/api/session?access_token={token}&token={token}&X-Api-Key=test-key&api_key=test-key")).Refusal(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_revoked_token_is_worth_nothing_and_only_its_owner_revokes_it()
    {
        var answer = await (await city.As("operator").PostText("/api/tokens", """{"name":"notebook"}""")).Json();
        var client = With("Bearer", (string?)answer["token"] ?? "");
        await client.GetJson("/api/session");
        var listed = (await city.As("operator").GetJson("/api/tokens"))["items"]?.AsArray().Single(t => (string?)t?["name"] == "notebook");
        listed?.AsObject().Select(p => p.Key).ShouldBe(["id", "prefix", "name", "created_at", "used_at"]);
        listed?["used_at"].ShouldNotBeNull();
        ((string?)answer["token"]).ShouldNotBeNull().ShouldStartWith((string?)listed?["prefix"] ?? "none");

        await (await city.As("dispatcher").DeleteAsync($"/api/tokens/{answer["id"]}")).Refusal(HttpStatusCode.NotFound);
        (await city.As("operator").DeleteAsync($"/api/tokens/{answer["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await (await client.GetAsync("/api/session")).Refusal(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_feeds_key_can_be_replaced_without_a_pause()
    {
        var made = await (await city.As("admin").PostText("/api/feeds/other/keys", "")).Json();
        var key = (string?)made["key"] ?? "";
        ((string?)made["feed"]).ShouldBe("other");

        Knows(await city.Feed(key).GetAsync("/api/session"));
        Knows(await city.Feed("other-key").GetAsync("/api/session"));
        (await city.As("admin").DeleteAsync("/api/feeds/other/keys/2")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await city.Feed("other-key").GetAsync("/api/session")).Refusal(HttpStatusCode.Unauthorized);
        Knows(await city.Feed(key).GetAsync("/api/session"));
        (await (await city.As("admin").PostText("/api/feeds/nowhere/keys", "")).Refusal(HttpStatusCode.NotFound)).ShouldContain("'nowhere': there are other, test");
        await (await city.As("admin").DeleteAsync("/api/feeds/test/keys/2")).Refusal(HttpStatusCode.NotFound);

        static void Knows(HttpResponseMessage answer) => answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, "a feed may not read, and is told that it is known");
    }

    [Fact]
    public async Task Only_the_administrator_sees_which_keys_a_feed_has_and_nobody_the_keys()
    {
        var feed = (await city.As("admin").GetJson("/api/feeds"))["items"]?.AsArray().Single(f => (string?)f?["code"] == "test");

        feed?.AsObject().Select(p => p.Key).ShouldBe(["id", "code", "name", "kind", "last_at", "accepted", "duplicates", "rejected", "keys"]);
        feed?["keys"]?[0]?.AsObject().Select(p => p.Key).ShouldBe(["id", "prefix", "created_at", "revoked_at"]);
        (await city.As("operator").GetJson("/api/feeds")).ToJsonString().ShouldNotContain("keys");
    }

    [Fact]
    public async Task A_browser_is_not_made_to_open_its_own_password_window()
    {
        var tool = await city.Anonymous().GetAsync("/api/session");
        var browser = await city.Anonymous().SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/session") { Headers = { { "Sec-Fetch-Mode", "cors" } } });

        tool.Headers.WwwAuthenticate.Select(w => w.Scheme).ShouldBe(["Bearer", "Basic"]);
        browser.Headers.WwwAuthenticate.Select(w => w.Scheme).ShouldBe(["Bearer"]);
    }

    private async Task<string> Token(string user) => (string?)(await (await city.As(user).PostText("/api/tokens", "{}")).Json())["token"] ?? "";

    private HttpClient With(string scheme, string value)
    {
        var client = city.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, value);
        return client;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
