using Microsoft.AspNetCore.Identity;
using Npgsql;
using OpsMap.Data;

[assembly: AssemblyFixture(typeof(OpsMap.Tests.TestCluster))]
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

namespace OpsMap.Tests;

/// <summary>One throw-away PostgreSQL cluster for the whole run, with a migrated template that holds the small test city.</summary>
public sealed class TestCluster : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("opsmap-tests-").FullName;
    private Cluster? _cluster;
    private int _databases;

    public async ValueTask InitializeAsync()
    {
        _cluster = await Cluster.StartAsync(_data, CancellationToken.None, "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=400");
        await using (var admin = NpgsqlDataSource.Create(_cluster.ConnectionString("postgres")))
            await admin.ExecuteAsync("CREATE DATABASE template_city", CancellationToken.None);
        await using var template = Database.Open(_cluster.ConnectionString("template_city") + ";Pooling=false");
        await Migrator.RunAsync(template, CancellationToken.None);
        var hash = new PasswordHasher<object>().HashPassword(new object(), City.Password);
        await template.ExecuteAsync(TestCity.Sql.Replace("@password@", hash, StringComparison.Ordinal), CancellationToken.None);
    }

    /// <summary>A fresh database, a copy of the template (or empty of everything); the text connects to it.</summary>
    public async Task<string> NewDatabaseAsync(string? template = "template_city")
    {
        var name = $"city_{Interlocked.Increment(ref _databases)}";
        var cluster = _cluster ?? throw new InvalidOperationException("the test cluster is not up");
        await using var admin = NpgsqlDataSource.Create(cluster.ConnectionString("postgres"));
        await admin.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template ?? "template1"}", CancellationToken.None);
        return cluster.ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is null) return;
        await _cluster.DisposeAsync();
        var pointer = Path.Combine(_data, "cluster");
        if (File.Exists(pointer)) Directory.Delete((await File.ReadAllTextAsync(pointer)).Trim(), recursive: true);
        Directory.Delete(_data, recursive: true);
    }
}
