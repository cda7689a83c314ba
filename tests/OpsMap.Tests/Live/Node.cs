using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpsMap.Data;
using OpsMap.Live;
using OpsMap.Web;

namespace OpsMap.Tests.Live;

/// <summary>One more node, over a database of its own or over one that another node serves.</summary>
sealed class Node(string connection, bool scheduler = false) : IAsyncDisposable
{
    private readonly WebApplication _app = Build(connection, scheduler);

    public NpgsqlDataSource Db => _app.Services.GetRequiredService<NpgsqlDataSource>();

    public LiveLog Log => _app.Services.GetRequiredService<LiveLog>();

    public Uri Url => new(_app.Urls.First());

    public Task StartAsync() => _app.StartAsync();

    /// <summary>An operator's client of this node, that watches everything.</summary>
    public async Task<LiveClient> WatchAsync(object? query = null)
    {
        var client = await LiveClient.ConnectAsync(Url, await LiveClient.SignInAsync(Url, "operator"));
        await client.Watch(query ?? new { topics = new[] { "incidents", "areas", "committees", "stations", "feeds" } });
        await client.Until("the first picture is there", c => c.To >= 0);
        return client;
    }

    private static WebApplication Build(string connection, bool scheduler) =>
        Program.Build(new ServeOptions("http://127.0.0.1:0", Path.Combine(City.Root, "wwwroot")) { Scheduler = scheduler }, Database.Open(connection));

    public async ValueTask DisposeAsync()
    {
        var db = Db;
        await _app.StopAsync();
        await _app.DisposeAsync();
        await db.DisposeAsync();
    }
}
