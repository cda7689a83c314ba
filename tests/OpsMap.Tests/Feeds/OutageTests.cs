using System.Net;
using Npgsql;
using OpsMap.Data;

namespace OpsMap.Tests.Feeds;

/// <summary>What a feed is told while the database is away, and that nothing acknowledged is lost by it.</summary>
public sealed class OutageTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task Without_a_database_a_feed_is_told_to_come_back_and_what_it_sends_again_is_stored_once()
    {
        var ct = TestContext.Current.CancellationToken;
        var (client, name) = (city.Feed(), new NpgsqlConnectionStringBuilder(city.ConnectionString).Database);
        await using var admin = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(city.ConnectionString) { Database = "postgres" });
        const string before = """{"source_id":"before"}""", during = """[{"source_id":"before"},{"source_id":"during"}]""";
        (await client.PostText("/api/feeds/test/incidents", before)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await admin.ExecuteAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS false", ct);
        await admin.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", ct, name);
        var away = await client.PostText("/api/feeds/test/incidents", during);
        await admin.ExecuteAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS true", ct);

        await away.Refusal(HttpStatusCode.ServiceUnavailable);
        away.Headers.RetryAfter.ShouldNotBeNull();
        await Answers.Eventually("the database is back", async () => (await client.PostText("/api/feeds/test/incidents", during)).StatusCode == HttpStatusCode.OK);
        (await city.Db.QueryOneAsync("SELECT count(*) FROM incidents", r => r.GetInt64(0), ct)).ShouldBe(2);
    }
}
