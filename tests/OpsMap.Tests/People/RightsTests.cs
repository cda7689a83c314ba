using System.Net;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpsMap.Data;
using OpsMap.People;

namespace OpsMap.Tests.People;

/// <summary>The table against the routes as they are at run time: every route by every role, nobody, a feed, and an account that was disabled.</summary>
public sealed class RightsTests(City city) : IClassFixture<City>
{
    /// <summary>What people open in a browser: they are led to sign in instead.</summary>
    private static readonly string[] Pages = ["/", "/accounts"];

    public static TheoryData<string> Everybody => [.. Rights.Roles];

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task A_role_may_do_what_the_table_says_and_nothing_else(string role)
    {
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = city.Url };
        var wrong = new List<string>();
        foreach (var (method, path, operation) in Routes().Where(r => r.Operation is not null))
        {
            var status = await Ask(client, method, path, ("Cookie", $"opsmap={await SessionOf(role)}"));
            var may = operation is { } o && Rights.Of(role, o) != Reach.None;
            if (may ? status is 401 or 403 or >= 500 : status != 403) wrong.Add($"{method} {path} ({operation}) answered {status}; the table says {(may ? "yes" : "no")}");
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_a_made_up_cookie_and_a_disabled_account_are_told_to_sign_in_everywhere()
    {
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = city.Url };
        var disabled = await SessionOf("disabled");
        var wrong = new List<string>();
        foreach (var (method, path, _) in Routes().Where(r => r.Operation is not null).Append(("GET", "/api/nowhere", null)).Append(("GET", "/nowhere", null)))
            foreach (var (name, value) in new[] { ("Accept", "*/*"), ("Cookie", "opsmap=AAAA"), ("Cookie", $"opsmap={disabled}"), ("X-Api-Key", "unknown"), ("Authorization", "Bearer unknown") })
                if (await Ask(client, method, path, (name, value)) is var status && status != (Pages.Contains(path) ? 302 : 401)) wrong.Add($"{method} {path} with {name}: {status}");

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_feeds_key_sends_for_its_own_feed_and_does_nothing_else()
    {
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = city.Url };
        var wrong = new List<string>();
        foreach (var (method, path, operation) in Routes().Where(r => r.Operation is not null))
        {
            var sends = operation is { } o && Rights.Of(Rights.Feed, o) != Reach.None;
            var own = await Ask(client, method, path, ("X-Api-Key", "test-key"));
            var other = await Ask(client, method, path, ("X-Api-Key", "other-key"));
            if ((sends ? own is 401 or 403 or >= 500 : own != 403) || other != 403) wrong.Add($"{method} {path}: {own} with the key of feed test, {other} with that of feed other");
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_names_the_role_and_what_it_may_not_do()
    {
        (await (await city.As("planner").GetAsync("/api/users")).Refusal(HttpStatusCode.Forbidden)).ShouldBe("The role planner may not do this (users.manage).");
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found_by_whoever_has_signed_in()
    {
        await (await city.As("planner").GetAsync("/api/nowhere")).Refusal(HttpStatusCode.NotFound);
        await (await city.As("planner").PutAsync("/api/session", null)).Refusal(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public void A_route_of_which_nobody_said_who_may_call_it_stops_the_start()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/known", () => "").Allowing(Operation.CityRead);
        app.MapGet("/open", () => "").AllowAnonymous();
        Should.NotThrow(() => RouteRights.Check(app));
        app.MapGet("/forgotten", () => "");

        Should.Throw<InvalidOperationException>(() => RouteRights.Check(app)).Message.ShouldContain("/forgotten");
    }

    [Fact]
    public void Every_operation_is_somebodys()
    {
        foreach (var operation in Enum.GetValues<Operation>())
            Rights.Roles.Append(Rights.Feed).ShouldContain(role => Rights.Of(role, operation) != Reach.None, operation.ToString());
        Rights.Of("root", Operation.CityRead).ShouldBe(Reach.None);
        Rights.Of("Admin", Operation.UsersManage).ShouldBe(Reach.None);
    }

    [Fact]
    public void Whoever_reads_cases_of_a_street_only_sees_rows_that_carry_one_of_their_scopes()
    {
        var chief = new Caller(1, "chief", "", "street-chief", ["A"], null, [], ["all", "user:1", "street:A"], null);

        chief.Sees(Operation.IncidentsRead, ["street:A", "user:9"]).ShouldBeTrue();
        chief.Sees(Operation.IncidentsRead, ["street:B"]).ShouldBeFalse();
        chief.Filter(Operation.IncidentsRead).ShouldBe(["all", "user:1", "street:A"]);
        (chief with { Role = "operator" }).Filter(Operation.IncidentsRead).ShouldBeNull();
        (chief with { Role = "admin" }).Sees(Operation.IncidentsRead, ["all"]).ShouldBeFalse();
        (chief with { Role = "admin" }).Filter(Operation.IncidentsRead).ShouldBe([]);
    }

    /// <summary>Every route as a request that would reach its handler, parameters filled in.</summary>
    private IEnumerable<(string Method, string Path, Operation? Operation)> Routes() =>
        from endpoint in city.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]
        select (method, Fill(endpoint.RoutePattern), endpoint.Metadata.GetMetadata<OperationRequirement>()?.Operation);

    private static string Fill(Microsoft.AspNetCore.Routing.Patterns.RoutePattern pattern) => "/" + string.Join('/', pattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "feed" } => "test",
            _ => "999999",
        }))));

    private static async Task<int> Ask(HttpClient client, string method, string path, (string Name, string Value) header)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is not ("GET" or "HEAD" or "DELETE")) request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation(header.Name, header.Value).ShouldBeTrue();
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (int)answer.StatusCode;
    }

    /// <summary>A session of its own for each question, because one of the questions ends it.</summary>
    private async Task<string> SessionOf(string user)
    {
        var secret = Secrets.New();
        (await city.Db.ExecuteAsync("INSERT INTO sessions (hash, user_id) SELECT $2, id FROM users WHERE name = $1", default, user, Secrets.Hash(secret))).ShouldBe(1);
        return secret;
    }
}
