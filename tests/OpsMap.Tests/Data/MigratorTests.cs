using Npgsql;
using OpsMap.Data;

namespace OpsMap.Tests.Data;

public sealed class MigratorTests(TestCluster cluster)
{
    [Fact]
    public async Task Every_file_is_applied_once_and_a_second_run_does_nothing()
    {
        await using var db = NpgsqlDataSource.Create(await cluster.NewDatabaseAsync(template: null));

        var first = await Migrator.RunAsync(db, TestContext.Current.CancellationToken);
        var second = await Migrator.RunAsync(db, TestContext.Current.CancellationToken);

        first.ShouldContain("0001_change_log.sql");
        second.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_was_edited_after_it_was_applied_is_refused_by_name()
    {
        await using var db = NpgsqlDataSource.Create(await cluster.NewDatabaseAsync());
        await db.ExecuteAsync("UPDATE migrations SET sha256 = 'other' WHERE name = '0002_people.sql'", TestContext.Current.CancellationToken);

        var refused = await Should.ThrowAsync<RefusedException>(() => Migrator.RunAsync(db, TestContext.Current.CancellationToken));

        refused.Message.ShouldContain("0002_people.sql");
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await using var db = NpgsqlDataSource.Create(await cluster.NewDatabaseAsync());
        await db.ExecuteAsync("INSERT INTO migrations (name, sha256) VALUES ('9999_future.sql', '')", TestContext.Current.CancellationToken);

        var refused = await Should.ThrowAsync<RefusedException>(() => Migrator.RunAsync(db, TestContext.Current.CancellationToken));

        refused.Message.ShouldContain("9999_future.sql");
    }

    [Fact]
    public async Task Two_nodes_that_start_together_migrate_once()
    {
        await using var db = NpgsqlDataSource.Create(await cluster.NewDatabaseAsync(template: null));

        var runs = await Task.WhenAll(Migrator.RunAsync(db, TestContext.Current.CancellationToken), Migrator.RunAsync(db, TestContext.Current.CancellationToken));

        runs.Count(r => r.Count > 0).ShouldBe(1);
    }
}
