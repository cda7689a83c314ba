using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OpsMap.People;

namespace OpsMap.Tests.Commands;

/// <summary>One `up` that the tests of this file look at from outside.</summary>
public sealed class ServedCity : IAsyncLifetime
{
    internal Scratch Data { get; } = new();

    internal OpsMapProcess Up { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Up = await OpsMapProcess.UpAsync(Data.Path);

    public async ValueTask DisposeAsync()
    {
        await Up.DisposeAsync();
        Data.Dispose();
    }
}

public sealed class UpTests(ServedCity city) : IClassFixture<ServedCity>
{
    [Fact]
    public async Task When_it_says_that_it_is_ready_it_is()
    {
        using var client = city.Up.Client();

        (await client.GetStringAsync("/health/live")).ShouldBe("live\n");
        (await client.GetStringAsync("/health/ready")).ShouldBe("ready\n");
    }

    [Fact]
    public async Task A_new_city_has_an_account_of_every_role_that_can_sign_in_and_a_feed_with_a_key()
    {
        var people = city.Data.Accounts["people"]!.AsArray();
        using var client = city.Up.Client();

        var answer = await client.PostAsJsonAsync("/api/session", new { user = "operator", password = city.Data.PasswordOf("operator") });

        people.Select(p => (string?)p!["role"]).Distinct().ShouldBe(Rights.Roles, ignoreOrder: true);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        ((string?)city.Data.Accounts["feeds"]![0]!["feed"]).ShouldBe("test");
    }

    [Fact]
    public void Only_the_owner_may_read_the_secrets() =>
        File.GetUnixFileMode(city.Data.In("accounts.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

    [Fact]
    public async Task A_second_up_on_the_same_data_folder_is_told_which_process_serves_it_and_where()
    {
        var second = await OpsMapProcess.RunAsync("up", "--data", city.Data.Path, "--port", "0");

        second.Exit.ShouldBe(1);
        second.Line.ShouldContain($"process {city.Up.Pid} ");
        second.Line.ShouldContain(city.Up.Url.ToString().TrimEnd('/'));
    }

    [Fact]
    public async Task A_taken_port_is_found_before_anything_is_made()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"opsmap-never-{Guid.NewGuid():N}");

        var refused = await OpsMapProcess.RunAsync("up", "--data", folder, "--port", $"{city.Up.Url.Port}");

        refused.Exit.ShouldBe(1);
        refused.Line.ShouldContain($"127.0.0.1:{city.Up.Url.Port} is taken");
        Directory.Exists(folder).ShouldBeFalse();
    }

    [Fact]
    public async Task An_account_that_is_added_while_it_serves_can_sign_in()
    {
        var added = await OpsMapProcess.RunAsync("user", "add", "late-auditor", "--role", "auditor", "--data", city.Data.Path);
        var secret = JsonNode.Parse(added.Out)!;
        using var client = city.Up.Client();

        var answer = await client.PostAsJsonAsync("/api/session", new { user = (string?)secret["user"], password = (string?)secret["password"] });

        added.Exit.ShouldBe(0, added.Error);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_token_that_is_added_while_it_serves_opens_the_api()
    {
        var added = await OpsMapProcess.RunAsync("token", "add", "planner", "--data", city.Data.Path);
        using var client = city.Up.Client();
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {(string?)JsonNode.Parse(added.Out)!["token"]}");

        var session = JsonNode.Parse(await client.GetStringAsync("/api/session"))!;

        ((string?)session["user"]).ShouldBe("planner");
    }

    [Fact]
    public async Task A_key_can_be_added_for_a_feed_and_a_new_feed_is_made()
    {
        var added = await OpsMapProcess.RunAsync("key", "add", "test", "--data", city.Data.Path);
        var fresh = await OpsMapProcess.RunAsync("key", "add", "new-feed", "--data", city.Data.Path);
        var refused = await OpsMapProcess.RunAsync("key", "add", "no feed/code", "--data", city.Data.Path);

        ((string?)JsonNode.Parse(added.Out)!["feed"]).ShouldBe("test");
        ((string?)JsonNode.Parse(added.Out)!["key"]).ShouldNotBeNullOrEmpty();
        ((string?)JsonNode.Parse(fresh.Out)!["feed"]).ShouldBe("new-feed");
        refused.Exit.ShouldBe(1);
        refused.Line.ShouldContain("'no feed/code'");
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused_in_one_line()
    {
        var refused = await OpsMapProcess.RunAsync("user", "add", "operator", "--role", "operator", "--data", city.Data.Path);

        refused.Exit.ShouldBe(1);
        refused.Line.ShouldContain("'operator' is taken");
    }
}
