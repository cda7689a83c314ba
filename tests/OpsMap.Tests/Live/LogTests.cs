using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using OpsMap.Data;

namespace OpsMap.Tests.Live;

/// <summary>The change log and the node's tail of it.</summary>
public sealed class LogTests(City city, TestCluster cluster) : IClassFixture<City>
{
    private static readonly string[] Incidents = ["incidents"];

    [Fact]
    public async Task Whatever_sixteen_writers_commit_is_seen_once_densely_and_in_commit_order()
    {
        await using var client = await LiveClient.WatchAsync(city, "operator", new { topics = Incidents });
        var first = client.To;
        var committed = new ConcurrentBag<long[]>();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(() => WriteAsync(writer, committed))));

        var log = await city.Db.QueryAsync("SELECT seq, -id FROM changes WHERE seq > $1 AND id < 0 ORDER BY seq", r => (Seq: r.GetInt64(0), Id: r.GetInt64(1)), CancellationToken.None, first);
        log.Select(l => l.Seq).ShouldBe(Enumerable.Range(1, log.Count).Select(i => first + i), "dense: what was rolled back left no hole");
        log.Select(l => l.Id).Order().ShouldBe(committed.SelectMany(ids => ids).Order(), "every committed item, once");
        var places = log.Select((l, i) => (l.Id, Place: i)).ToDictionary(p => p.Id, p => p.Place);
        foreach (var ids in committed) ids.Select(id => places[id] - places[ids[0]]).ShouldBe(Enumerable.Range(0, ids.Length), "a transaction's items stand together");
        foreach (var writer in committed.GroupBy(ids => ids[0] / 1_000_000))
        {
            var ownOrder = writer.OrderBy(ids => ids[0]).Select(ids => places[ids[0]]).ToList();
            ownOrder.ShouldBe(ownOrder.Order().ToList(), "who commits earlier stands earlier");
        }
        await client.Until("the client has seen all of it", c => c.To >= first + log.Count);
        client.Ops.Where(o => o.Id < 0).Select(o => -o.Id).ShouldBe(log.Select(l => l.Id), "and the client in the same order, once");
    }

    [Fact]
    public async Task A_slow_transaction_that_commits_later_stands_later_and_is_not_missed()
    {
        await using var client = await LiveClient.WatchAsync(city, "operator", new { topics = Incidents });
        await using var slow = await city.Db.OpenConnectionAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await slow.ExecuteAsync(Put(-7_000_001), CancellationToken.None);
        await city.Db.ExecuteAsync(Put(-7_000_002), CancellationToken.None);
        await client.Until("the quick one is there", c => c.Items("incidents").ContainsKey(-7_000_002));

        await transaction.CommitAsync();

        await client.Until("the slow one has followed", c => c.Items("incidents").ContainsKey(-7_000_001));
    }

    [Fact]
    public async Task A_dump_that_is_restored_elsewhere_goes_on_densely_under_a_new_epoch()
    {
        await city.GivenIncident(TestCity.InJia, TestCity.Jia);
        await using var before = await LiveClient.WatchAsync(city, "operator", new { topics = Incidents });
        var (file, target) = (Path.GetTempFileName(), await cluster.NewDatabaseAsync(template: null));
        await RunAsync("pg_dump", city.ConnectionString, "-Fc", "-f", file);
        await RunAsync("pg_restore", target, "--exit-on-error", file);
        File.Delete(file);
        await using var elsewhere = new Node(target);
        await elsewhere.StartAsync();

        await using var after = await elsewhere.WatchAsync(new { topics = Incidents, since = before.To, epoch = before.Epoch });
        await elsewhere.Db.ExecuteAsync(Put(-8_000_001), CancellationToken.None);
        await after.Until("a new change has come", c => c.Items("incidents").ContainsKey(-8_000_001));

        after.Frames[0].Kind.ShouldBe("snapshot");
        after.Epoch.ShouldNotBe(before.Epoch);
        (await elsewhere.Db.QueryOneAsync("SELECT count(*) = max(seq) AND max(seq) = (SELECT n FROM log_head) FROM changes", r => r.GetBoolean(0), CancellationToken.None)).ShouldBeTrue();
        after.Items("incidents").Keys.Where(id => id > 0).ShouldBe(before.Items("incidents").Keys.Where(id => id > 0), ignoreOrder: true);
    }

    [Fact]
    public async Task A_hole_in_the_log_makes_the_node_load_again_and_its_clients_too()
    {
        await using var own = new Node(await cluster.NewDatabaseAsync());
        await own.StartAsync();
        await using var client = await own.WatchAsync();

        await own.Db.ExecuteAsync("UPDATE log_head SET n = n + 5", CancellationToken.None);
        await own.Db.ExecuteAsync("UPDATE stations SET name = '新名', version = version + 1 WHERE id = 1", CancellationToken.None);
        await own.Db.ExecuteAsync("UPDATE log_head SET n = n + 1", CancellationToken.None);

        await client.Until("the client has the database's picture", c => (string?)c.Items("stations")[1]["name"] == "新名");
        client.Frames.Count(f => f is { Kind: "snapshot", More: false }).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Numbers_that_run_backwards_begin_a_new_epoch_for_everybody()
    {
        await using var own = new Node(await cluster.NewDatabaseAsync());
        await own.StartAsync();
        await using var client = await own.WatchAsync();
        var epoch = client.Epoch;

        await own.Db.ExecuteAsync("UPDATE log_head SET n = n - 3", CancellationToken.None);

        await client.Until("the client has a new epoch", c => c.Epoch != epoch);
        (await own.Db.QueryOneAsync("SELECT epoch::text FROM log_head", r => r.GetString(0), CancellationToken.None)).ShouldBe(client.Epoch);
    }

    [Fact]
    public async Task While_the_database_does_not_answer_nothing_beats_and_afterwards_the_stream_goes_on()
    {
        await using var own = new Node(await cluster.NewDatabaseAsync());
        await own.StartAsync();
        await using var client = await own.WatchAsync();
        await using var holder = await own.Db.OpenConnectionAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync("LOCK TABLE log_head", CancellationToken.None);

        await Answers.Eventually("the picture is called stale", () => Task.FromResult(!own.Log.IsFresh));
        var frames = client.Frames.Count;
        await Answers.Eventually("the next beat would have been due", () => Task.FromResult(Environment.TickCount64 - client.Frames[^1].Received > 5500));
        client.Frames.Count.ShouldBe(frames, "no beat says that an old picture is fresh");

        await transaction.RollbackAsync();
        await client.Until("it beats again", c => c.Frames.Count > frames && c.Frames[^1].Kind == "beat");
    }

    [Fact]
    public async Task After_every_session_of_the_database_was_ended_the_stream_goes_on_where_it_was()
    {
        await using var own = new Node(await cluster.NewDatabaseAsync());
        await own.StartAsync();
        await using var client = await own.WatchAsync();

        await city.Db.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", CancellationToken.None, new NpgsqlConnectionStringBuilder(own.Db.ConnectionString).Database);
        await using var writer = NpgsqlDataSource.Create(own.Db.ConnectionString);
        await writer.ExecuteAsync(Put(-9_000_001), CancellationToken.None);

        await client.Until("the change has come", c => c.Items("incidents").ContainsKey(-9_000_001));
        client.Frames.Count(f => f is { Kind: "snapshot", More: false }).ShouldBe(1);
    }

    private async Task WriteAsync(int writer, ConcurrentBag<long[]> committed)
    {
        var random = new Random(writer);
        await using var connection = await city.Db.OpenConnectionAsync();
        for (var turn = 1; turn <= 40; turn++)
        {
            var ids = Enumerable.Range(0, random.Next(1, 6)).Select(i => writer * 1_000_000L + 1_000_000 + (turn * 10) + i).ToArray();
            await using var transaction = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync(Put([.. ids.Select(id => -id)]), CancellationToken.None);
            if (random.Next(20) == 0) await connection.ExecuteAsync("SELECT pg_sleep(0.05)", CancellationToken.None);
            if (random.Next(10) == 0) await transaction.RollbackAsync();
            else
            {
                await transaction.CommitAsync();
                committed.Add(ids);
            }
        }
    }

    private static string Put(params long[] ids) => $$"""
        INSERT INTO pending_changes (items)
        SELECT array_agg(ROW('incidents', 'put', i, 1, '{}', '{}', NULL, NULL, jsonb_build_object('id', i))::change_item ORDER BY o) FROM unnest(ARRAY[{{string.Join(',', ids)}}]::bigint[]) WITH ORDINALITY u (i, o)
        """;

    private static async Task RunAsync(string program, string connection, params string[] arguments)
    {
        var target = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo($"/usr/lib/postgresql/15/bin/{program}", [.. arguments, "-h", target.Host ?? "", "-U", target.Username ?? "", "-d", target.Database ?? ""]) { RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException(program);
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, errors);
    }
}
