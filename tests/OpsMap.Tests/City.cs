using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using OpsMap.Data;
using OpsMap.Web;

namespace OpsMap.Tests;

/// <summary>A running OpsMap over a database of its own: real PostGIS, real Kestrel, spoken to as the outside does.</summary>
public sealed class City(TestCluster cluster) : IAsyncLifetime
{
    /// <summary>The password of every account of the test city; its keys are <c>test-key</c> and <c>other-key</c>.</summary>
    public const string Password = "a long password for tests";

    private readonly Dictionary<string, HttpClient> _clients = [];
    private WebApplication? _app;
    private NpgsqlDataSource? _db;
    private string _connection = "";

    /// <summary>The database behind it, for what no route shows.</summary>
    public NpgsqlDataSource Db => _db ?? throw new InvalidOperationException("the city is not up");

    public IServiceProvider Services => (_app ?? throw new InvalidOperationException("the city is not up")).Services;

    public Uri Url { get; private set; } = new("http://localhost");

    public string ConnectionString => _connection;

    public async ValueTask InitializeAsync()
    {
        _connection = await cluster.NewDatabaseAsync();
        _db = Database.Open(_connection);
        await StartAsync();
    }

    /// <summary>Stops the node and starts another on the same database, at another address.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>A client that has signed in as the user of this name (every role has one) and keeps the session.</summary>
    public HttpClient As(string user)
    {
        lock (_clients)
        {
            if (_clients.TryGetValue(user, out var known)) return known;
            var client = Anonymous();
            var answer = client.PostAsJsonAsync("/api/session", new { user, password = Password }).GetAwaiter().GetResult();
            answer.StatusCode.ShouldBe(HttpStatusCode.NoContent, $"signing in as {user}");
            return _clients[user] = client;
        }
    }

    /// <summary>A client without a session; cookies that it is given it keeps.</summary>
    public HttpClient Anonymous() => new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Url };

    /// <summary>A client with a feed's key.</summary>
    public HttpClient Feed(string key = "test-key")
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    private async Task StartAsync()
    {
        var options = new ServeOptions("http://127.0.0.1:0", Path.Combine(Root, "wwwroot")) { Scheduler = false };
        _app = Program.Build(options, Db);
        await _app.StartAsync();
        Url = new Uri(_app.Urls.First());
    }

    private async Task StopAsync()
    {
        foreach (var client in _clients.Values) client.Dispose();
        _clients.Clear();
        if (_app is null) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_db is not null) await _db.DisposeAsync();
    }

    /// <summary>The repository's root, found from where the tests run.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "OpsMap.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("OpsMap.sln"));
}

/// <summary>Reads answers as tests like to.</summary>
public static class Answers
{
    /// <summary>Sends a body exactly as written, as JSON unless another type is named.</summary>
    public static Task<HttpResponseMessage> PostText(this HttpClient client, string path, string body, string type = "application/json") =>
        client.PostAsync(path, new StringContent(body, Encoding.UTF8, type));

    /// <summary>Sends an object as JSON.</summary>
    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, object body) => client.PostText(path, JsonSerializer.Serialize(body));

    /// <summary>The answer's JSON, whatever its status; a text that is no JSON fails the test and is shown.</summary>
    public static async Task<JsonNode> Json(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        try
        {
            return JsonNode.Parse(text) ?? throw new InvalidOperationException("null");
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"{(int)answer.StatusCode} {text}");
        }
    }

    /// <summary>The JSON of a GET that must succeed.</summary>
    public static async Task<JsonNode> GetJson(this HttpClient client, string path)
    {
        var answer = await client.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Json();
    }

    /// <summary>The problem's detail of a refusal that must have this status.</summary>
    public static async Task<string> Refusal(this HttpResponseMessage answer, HttpStatusCode status)
    {
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        return (string?)(await answer.Json())["detail"] ?? "";
    }

    /// <summary>Waits until a condition holds; fails with its name after ten seconds.</summary>
    public static async Task Eventually(string what, Func<Task<bool>> holds, TimeSpan? within = null)
    {
        var until = TimeProvider.System.GetUtcNow() + (within ?? TimeSpan.FromSeconds(10));
        while (!await holds())
        {
            (TimeProvider.System.GetUtcNow() < until).ShouldBeTrue($"waited in vain until {what}");
            await Task.Delay(20);
        }
    }
}
