using System.Net;

namespace OpsMap.Tests.People;

public sealed class AccountTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task A_new_account_signs_in_with_the_password_that_is_shown_once()
    {
        var answer = await city.As("admin").Post("/api/users", new { name = "chief-of-yi", role = "street-chief", area = TestCity.Yi, display_name = "演示用户20" });

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var made = await answer.Json();
        var password = (string?)made["password"];
        password.ShouldNotBeNull().ShouldMatch("^[2-9a-z]{4}(-[2-9a-z]{4}){3}$");
        made.AsObject().Select(p => p.Key).ShouldBe(["id", "name", "display_name", "role", "area_code", "area_name", "unit_code", "created_at", "disabled_at", "version", "password"]);
        ((string?)made["area_name"]).ShouldBe("乙街道");
        (await city.Anonymous().Post("/api/session", new { user = "chief-of-yi", password })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await city.As("admin").GetAsync("/api/users?limit=1000")).Content.ReadAsStringAsync()).ShouldNotContain("password");
    }

    [Theory]
    [InlineData("""{"role":"operator"}""", "name is missing")]
    [InlineData("""{"name":"a:b","role":"operator"}""", "name 'a:b'")]
    [InlineData("""{"name":"x","role":"root"}""", "role 'root' is unknown: send one of operator,")]
    [InlineData("""{"name":"x"}""", "role is missing")]
    [InlineData("""{"name":"x","role":"street-chief"}""", "area is missing")]
    [InlineData("""{"name":"x","role":"street-chief","area":"420102000000"}""", "area '420102000000' is not a street")]
    [InlineData("""{"name":"x","role":"operator","area":"420102001000"}""", "area '420102001000' does not go with the role operator")]
    [InlineData("""{"name":"x","role":"responder"}""", "unit is missing")]
    [InlineData("""{"name":"x","role":"patroller","unit":"nobody"}""", "unit 'nobody' is unknown")]
    [InlineData("""{"name":"x","role":"admin","unit":"lighting"}""", "unit 'lighting' does not go with the role admin")]
    [InlineData("""{"name":"x","role":"operator","display_name":"\u0000"}""", "display_name")]
    [InlineData("""{"name":"x","role":"street-chief","area":"\u0000"}""", "area")]
    [InlineData("""{"name":"x","role":"responder","unit":"\u0000"}""", "unit")]
    [InlineData("""{"name":"x\u0000","role":"responder"}""", "name")]
    [InlineData("""{"name":null,"role":null}""", "name is missing")]
    public async Task What_is_wrong_with_an_account_is_quoted_and_said(string body, string expected) =>
        (await (await city.As("admin").PostText("/api/users", body)).Refusal(HttpStatusCode.BadRequest)).ShouldContain(expected);

    [Theory]
    [InlineData("""{"name":"x","role":"operator","id":1}""")]
    [InlineData("""{"name":"x","role":"operator","password":"mine"}""")]
    [InlineData("""{"name":"x","role":"operator","of_street":true}""")]
    [InlineData("""{"name":"x","name":"y","role":"operator"}""")]
    public async Task A_field_that_is_not_to_be_sent_is_refused(string body) =>
        await (await city.As("admin").PostText("/api/users", body)).Refusal(HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_name_is_taken_in_any_case() =>
        (await (await city.As("admin").Post("/api/users", new { name = "OPERATOR", role = "operator" })).Refusal(HttpStatusCode.Conflict)).ShouldContain("'OPERATOR' is taken");

    [Fact]
    public async Task A_responder_may_be_given_by_street()
    {
        var made = await (await city.As("admin").Post("/api/users", new { name = "responder-of-yi", role = "responder", area = TestCity.Yi })).Json();

        ((string?)made["unit_code"]).ShouldBe("office-420102002");
        made["area_code"].ShouldBeNull();
    }

    [Fact]
    public async Task A_new_password_ends_the_sessions_that_the_old_one_began()
    {
        var (id, before) = await Made("forgetful", "planner");
        var client = await SignedIn("forgetful", before);

        var after = (string?)(await (await city.As("admin").PostText($"/api/users/{id}/password", "")).Json())["password"];

        await (await client.GetAsync("/api/session")).Refusal(HttpStatusCode.Unauthorized);
        await (await city.Anonymous().Post("/api/session", new { user = "forgetful", password = before })).Refusal(HttpStatusCode.Unauthorized);
        await SignedIn("forgetful", after ?? "");
    }

    [Fact]
    public async Task A_disabled_account_is_out_at_once_and_its_old_session_stays_out_when_it_is_enabled_again()
    {
        var (id, password) = await Made("leaver", "operator");
        var client = await SignedIn("leaver", password);
        var token = (string?)(await (await client.PostText("/api/tokens", """{"name":"QGIS"}""")).Json())["token"];

        var disabled = await (await city.As("admin").PostText($"/api/users/{id}/disable", "")).Json();

        disabled["disabled_at"].ShouldNotBeNull();
        ((int?)disabled["version"]).ShouldBe(2);
        await (await client.GetAsync("/api/session")).Refusal(HttpStatusCode.Unauthorized);
        var tool = city.Anonymous();
        tool.DefaultRequestHeaders.Authorization = new("Bearer", token);
        await (await tool.GetAsync("/api/session")).Refusal(HttpStatusCode.Unauthorized);
        await (await city.Anonymous().Post("/api/session", new { user = "leaver", password })).Refusal(HttpStatusCode.Unauthorized);

        var enabled = await (await city.As("admin").PostText($"/api/users/{id}/enable", "")).Json();

        enabled["disabled_at"].ShouldBeNull();
        await (await client.GetAsync("/api/session")).Refusal(HttpStatusCode.Unauthorized);
        await SignedIn("leaver", password);
    }

    [Fact]
    public async Task An_account_that_is_not_there_is_not_found()
    {
        foreach (var verb in new[] { "password", "disable", "enable" })
            (await (await city.As("admin").PostText($"/api/users/999999/{verb}", "")).Refusal(HttpStatusCode.NotFound)).ShouldContain("999999");
    }

    [Fact]
    public async Task Pages_of_accounts_join_up()
    {
        var all = (await city.As("admin").GetJson("/api/users?limit=1000"))["items"]?.AsArray().Select(u => (long?)u?["id"]).ToList();
        var paged = new List<long?>();
        string? cursor = null;
        do
        {
            var page = await city.As("admin").GetJson($"/api/users?limit=5{(cursor is null ? "" : $"&cursor={cursor}")}");
            paged.AddRange(page["items"]?.AsArray().Select(u => (long?)u?["id"]) ?? []);
            cursor = (string?)page["next"];
        }
        while (cursor is not null);

        paged.ShouldBe(all);
        (await (await city.As("admin").GetAsync("/api/users?limit=0")).Refusal(HttpStatusCode.BadRequest)).ShouldContain("'0'");
    }

    private async Task<(long Id, string Password)> Made(string name, string role)
    {
        var made = await (await city.As("admin").Post("/api/users", new { name, role })).Json();
        return ((long?)made["id"] ?? 0, (string?)made["password"] ?? "");
    }

    private async Task<HttpClient> SignedIn(string user, string password)
    {
        var client = city.Anonymous();
        (await client.Post("/api/session", new { user, password })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return client;
    }
}
