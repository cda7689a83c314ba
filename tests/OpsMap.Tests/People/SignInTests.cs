using System.Net;
using OpsMap.Data;
using OpsMap.People;

namespace OpsMap.Tests.People;

public sealed class SignInTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task Signing_in_gives_a_cookie_that_scripts_cannot_read_and_that_says_who_one_is()
    {
        var client = city.Anonymous();

        var answer = await client.Post("/api/session", new { user = "Street-Chief", password = City.Password });

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldStartWith("opsmap=");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldContain("path=/");
        (await client.GetJson("/api/session")).ToJsonString().ShouldBe("""
            {"user":"street-chief","display_name":"\u6F14\u793A\u7528\u623704","role":"street-chief","areas":["420102001000"],"committees":[1],"unit":null,"may":["session.read","session.end","accounts.open","tokens.own","city.read","areas.read","stations.read","responsible.ask","incidents.read","incidents.report","incidents.move","positions.read","patrols.read","gaps.read","live.watch"]}
            """);
    }

    [Theory]
    [InlineData("operator", "wrong")]
    [InlineData("operator", "")]
    [InlineData("nobody", City.Password)]
    [InlineData("disabled", City.Password)]
    [InlineData("' OR 1=1 --", "' OR 1=1 --")]
    public async Task Every_failure_to_sign_in_reads_the_same(string user, string password)
    {
        var answer = await city.Anonymous().Post("/api/session", new { user, password });

        (await answer.Refusal(HttpStatusCode.Unauthorized)).ShouldBe("The user name or the password is wrong, or the account is disabled.");
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"user":"operator"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"user":"operator","password":"x","role":"admin"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"user":"operator","password":["x"]}""", HttpStatusCode.BadRequest)]
    [InlineData("not json", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("""{"user":"operator\u0000","password":"x"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"user":"\ud800","password":"x"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"user":"operator","password":"\u0000\u4e00"}""", HttpStatusCode.Unauthorized)]
    public async Task What_cannot_be_read_is_a_bad_request(string body, HttpStatusCode status) =>
        await (await city.Anonymous().PostText("/api/session", body)).Refusal(status);

    [Fact]
    public async Task Only_json_signs_in_so_that_no_foreign_form_can() =>
        await (await city.Anonymous().PostText("/api/session", "user=operator&password=x", "application/x-www-form-urlencoded")).Refusal(HttpStatusCode.UnsupportedMediaType);

    [Fact]
    public async Task A_copied_cookie_is_worth_nothing_after_signing_out()
    {
        var cookie = await Cookie("planner");
        (await With(cookie).GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var answer = await With(cookie).DeleteAsync("/api/session");

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldContain("expires=Thu, 01 Jan 1970");
        await (await With(cookie).GetAsync("/api/session")).Refusal(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Signing_in_again_ends_the_session_before()
    {
        var before = await Cookie("planner");
        var again = await With(before).Post("/api/session", new { user = "reporter", password = City.Password });

        again.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await With(before).GetAsync("/api/session")).Refusal(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Only_the_hash_of_a_session_is_kept()
    {
        var secret = (await Cookie("auditor"))["opsmap=".Length..];

        var kept = await city.Db.QueryAsync("SELECT 1 FROM sessions WHERE hash = $1", r => r.GetInt32(0), TestContext.Current.CancellationToken, Secrets.Hash(secret));

        kept.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("opsmap=")]
    [InlineData("opsmap=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("__Host-opsmap=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_made_up_cookie_is_nobody(string cookie) =>
        await (await With(cookie).GetAsync("/api/session")).Refusal(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task Ten_failures_close_the_door_for_that_account_but_not_for_a_colleague_at_the_same_address()
    {
        var client = city.Anonymous();
        for (var i = 0; i < SignInThrottle.PairLimit; i++)
            await (await client.Post("/api/session", new { user = "wall", password = "wrong" })).Refusal(HttpStatusCode.Unauthorized);

        var answer = await client.Post("/api/session", new { user = "WALL", password = City.Password });

        await answer.Refusal(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter?.Delta.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromSeconds(1), SignInThrottle.Window);
        (await client.Post("/api/session", new { user = "dispatcher", password = City.Password })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Guesses_sent_all_at_once_gain_nothing_and_good_sign_ins_at_once_are_no_guesses()
    {
        var guesses = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => city.Anonymous().Post("/api/session", new { user = "street-staff", password = $"guess {i}" })));
        var sessions = await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => city.Anonymous().Post("/api/session", new { user = "chief-of-bing", password = City.Password })));

        guesses.Count(a => a.StatusCode == HttpStatusCode.Unauthorized).ShouldBeInRange(SignInThrottle.PairLimit, SignInThrottle.PairLimit + Environment.ProcessorCount - 1);
        guesses.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests).ShouldBeGreaterThan(20);
        sessions.ShouldAllBe(a => a.StatusCode == HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Who_signed_in_and_who_failed_to_is_on_record_without_what_was_typed()
    {
        await Cookie("duty-lead");
        await city.Anonymous().Post("/api/session", new { user = "duty-lead", password = "secret-typo" });
        await city.Anonymous().Post("/api/session", new { user = "my-password-in-the-wrong-field", password = "x" });

        var rows = await city.Db.QueryAsync("SELECT a::text FROM audit a", r => r.GetString(0), TestContext.Current.CancellationToken);

        rows.ShouldContain(r => r.Contains("user:duty-lead,duty-lead,session.begin,\"\",done"));
        rows.ShouldContain(r => r.Contains("user:duty-lead,duty-lead,session.begin,\"\",refused"));
        rows.ShouldContain(r => r.Contains("unknown,\"\",session.begin,\"\",refused"));
        rows.ShouldAllBe(r => !r.Contains("secret-typo") && !r.Contains("wrong-field"));
    }

    private async Task<string> Cookie(string user)
    {
        var answer = await city.Anonymous().Post("/api/session", new { user, password = City.Password });
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private HttpClient With(string cookie)
    {
        var client = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = city.Url };
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        return client;
    }
}
