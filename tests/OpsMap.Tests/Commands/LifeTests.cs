using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using OpsMap.Data;

namespace OpsMap.Tests.Commands;

/// <summary>How it ends, and how it comes back.</summary>
public sealed class LifeTests
{
    [Fact]
    public async Task On_sigterm_everything_ends_in_ten_seconds_and_the_next_up_goes_on_where_it_was()
    {
        using var data = new Scratch();
        var first = await OpsMapProcess.UpAsync(data.Path);
        var password = data.PasswordOf("admin");
        var began = Stopwatch.GetTimestamp();

        var exit = await first.TerminateAsync();

        exit.ShouldBe(0);
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(12));
        data.Cluster.Occupants().ShouldBeEmpty();
        await using var second = await OpsMapProcess.UpAsync(data.Path);
        data.PasswordOf("admin").ShouldBe(password);
    }

    [Fact]
    public async Task After_kill_9_the_server_ends_by_itself_and_the_next_up_cleans_up()
    {
        using var data = new Scratch();
        var first = await OpsMapProcess.UpAsync(data.Path);
        data.Cluster.Occupants().ShouldNotBeEmpty();

        await first.KillAsync();

        await using var second = await OpsMapProcess.UpAsync(data.Path); // at once, while the server is still stopping
        using var client = second.Client();
        (await client.GetStringAsync("/health/ready")).ShouldBe("ready\n");
        await second.KillAsync();
        await data.EmptyAsync();
    }

    [Fact]
    public async Task A_server_whose_guard_was_killed_too_is_ended_by_the_next_up()
    {
        using var data = new Scratch();
        var first = await OpsMapProcess.UpAsync(data.Path);
        var postmaster = int.Parse(File.ReadLines(Path.Combine(data.Cluster.Files, "postmaster.pid")).First());
        // The guard, its reader and the application go at once: nobody is left to stop the server.
        var guards = (await OpsMapProcess.RunProgramAsync("ps", ["-eo", "pid=,args="])).Out.Split('\n').Where(l => l.Contains("opsmap-guard") && l.Contains(data.Cluster.Home)).Select(l => l.Trim().Split(' ')[0]).ToArray();
        guards.Length.ShouldBe(2);
        await OpsMapProcess.RunProgramAsync("kill", ["-9", $"{first.Pid}", .. guards]);
        data.Cluster.Occupants().ShouldContain(postmaster);

        await using var second = await OpsMapProcess.UpAsync(data.Path);

        data.Cluster.Occupants().ShouldNotContain(postmaster);
    }

    [Fact]
    public async Task A_server_that_is_killed_is_started_again_and_meanwhile_the_answer_is_503_with_retry_after()
    {
        using var data = new Scratch();
        await using var up = await OpsMapProcess.UpAsync(data.Path);
        using var client = up.Client();
        var postmaster = int.Parse(File.ReadLines(Path.Combine(data.Cluster.Files, "postmaster.pid")).First());

        await OpsMapProcess.Signal("KILL", postmaster);

        HttpResponseMessage? refused = null;
        await Answers.Eventually("the node says that it is not ready", async () => (refused = await client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.ServiceUnavailable);
        refused!.Headers.RetryAfter.ShouldNotBeNull();
        await Answers.Eventually("the node is ready again", async () => (await client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task While_the_database_hangs_requests_are_refused_and_afterwards_they_are_served_again()
    {
        using var data = new Scratch();
        await using var up = await OpsMapProcess.UpAsync(data.Path);
        using var client = up.Client();
        var frozen = data.Cluster.Occupants().ConvertAll(pid => $"{pid}");
        await OpsMapProcess.RunProgramAsync("kill", ["-STOP", .. frozen]);
        try
        {
            var refused = await client.Post("/api/session", new { user = "operator", password = "x" }).WaitAsync(TimeSpan.FromSeconds(60));

            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter.ShouldNotBeNull();
            (await client.GetAsync("/health/ready").WaitAsync(TimeSpan.FromSeconds(20))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await client.GetAsync("/health/live").WaitAsync(TimeSpan.FromSeconds(20))).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            await OpsMapProcess.RunProgramAsync("kill", ["-CONT", .. frozen]);
        }
        await Answers.Eventually("the node is ready again", async () => (await client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_database_that_hangs_does_not_hold_up_the_end()
    {
        using var data = new Scratch();
        await using var up = await OpsMapProcess.UpAsync(data.Path);
        var frozen = data.Cluster.Occupants().ConvertAll(pid => $"{pid}");
        await OpsMapProcess.RunProgramAsync("kill", ["-STOP", .. frozen]);

        var code = await up.TerminateAsync();

        code.ShouldBe(0);
        data.Cluster.Occupants().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_initdb_that_was_killed_is_begun_again()
    {
        using var data = new Scratch();
        var first = OpsMapProcess.Begin(data.Path);
        await Answers.Eventually("initdb is at work", () => Task.FromResult(Directory.Exists(data.Cluster.Home) && Directory.EnumerateDirectories(data.Cluster.Home, "new-*").Any()), TimeSpan.FromSeconds(30));

        await first.KillAsync();

        Directory.Exists(data.Cluster.Files).ShouldBeFalse();
        await using var second = await OpsMapProcess.UpAsync(data.Path);
        Directory.EnumerateDirectories(data.Cluster.Home, "new-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_data_folder_that_was_removed_begins_a_new_city_and_the_old_cluster_is_left_as_it_is()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only as root does the cluster live outside the data folder");
        using var data = new Scratch();
        await using (await OpsMapProcess.UpAsync(data.Path)) { }
        var before = data.Cluster.Home;
        Directory.Delete(data.Path, recursive: true);
        try
        {
            await using var second = await OpsMapProcess.UpAsync(data.Path);

            data.Cluster.Home.ShouldNotBe(before);
            File.Exists(Path.Combine(before, "data", "PG_VERSION")).ShouldBeTrue();
            data.Accounts["people"]!.AsArray().ShouldNotBeEmpty();
        }
        finally
        {
            Directory.Delete(before, recursive: true);
        }
    }

    [Fact]
    public async Task A_command_starts_the_cluster_that_nobody_serves_and_stops_it_again()
    {
        using var data = new Scratch();
        await (await OpsMapProcess.UpAsync(data.Path)).DisposeAsync();

        var added = await OpsMapProcess.RunAsync("token", "add", "auditor", "--data", data.Path);

        added.Exit.ShouldBe(0, added.Error);
        ((string?)JsonNode.Parse(added.Out)!["token"]).ShouldNotBeNullOrEmpty();
        data.Cluster.Occupants().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_cluster_keeps_what_it_acknowledged_checks_its_pages_and_listens_to_nobody_outside()
    {
        using var data = new Scratch();
        await using var up = await OpsMapProcess.UpAsync(data.Path);
        await using var db = NpgsqlDataSource.Create(Cluster.ConnectionString(data.Cluster));

        var settings = (await db.QueryAsync("SELECT name, setting FROM pg_settings", r => (r.GetString(0), r.GetString(1)), TestContext.Current.CancellationToken)).ToDictionary();

        settings["data_checksums"].ShouldBe("on");
        settings["fsync"].ShouldBe("on");
        settings["synchronous_commit"].ShouldBe("on");
        settings["full_page_writes"].ShouldBe("on");
        settings["listen_addresses"].ShouldBe("");
        settings["max_prepared_transactions"].ShouldBe("0");
        File.GetUnixFileMode(data.Cluster.Socket).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task The_simulator_is_started_again_when_it_dies_and_ends_with_the_process_that_was_killed()
    {
        using var data = new Scratch();
        await using var up = await OpsMapProcess.UpAsync(data.Path, "--city", "wuhan");
        var first = await SimulatorOf(up.Pid);

        await OpsMapProcess.Signal("KILL", first.ShouldNotBeNull());

        int? second = null;
        await Answers.Eventually("another simulator runs", async () => (second = await SimulatorOf(up.Pid)) is not null && second != first, TimeSpan.FromSeconds(20));
        await up.KillAsync();
        await Answers.Eventually("the simulator ended by itself", () => Task.FromResult(!File.Exists($"/proc/{second}/exe") || new FileInfo($"/proc/{second}/exe").LinkTarget is null), TimeSpan.FromSeconds(20));
        await data.EmptyAsync();
    }

    [Fact]
    public async Task No_simulator_is_started_where_none_is_wanted()
    {
        using var data = new Scratch();
        await using var up = await OpsMapProcess.UpAsync(data.Path, "--city", "wuhan", "--no-simulator");

        (await SimulatorOf(up.Pid)).ShouldBeNull();
        using var client = up.Client();
        (await client.GetStringAsync("/api/shell")).ShouldContain("演示");
    }

    private static async Task<int?> SimulatorOf(int pid) =>
        (await OpsMapProcess.RunProgramAsync("ps", ["--ppid", $"{pid}", "-o", "pid=,args="])).Out.Split('\n').Where(l => l.Contains("OpsMap.Simulator.dll")).Select(l => (int?)int.Parse(l.Trim().Split(' ')[0])).FirstOrDefault();

    [Fact]
    public async Task An_unprivileged_user_keeps_the_cluster_in_the_data_folder()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root can become somebody else");
        using var data = new Scratch();
        await OpsMapProcess.RunProgramAsync("chown", ["nobody", data.Path]);

        using var process = Process.Start(new ProcessStartInfo("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", "dotnet", Path.Combine(AppContext.BaseDirectory, "OpsMap.dll"), "up", "--data", data.Path, "--port", "0", "--city", "none"])
        { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/", Environment = { ["HOME"] = data.Path } })!;
        var line = await process.StandardOutput.ReadLineAsync();

        line.ShouldNotBeNull(process.HasExited ? await process.StandardError.ReadToEndAsync() : "").ShouldStartWith("OpsMap ready on ");
        File.Exists(data.In("pg/data/PG_VERSION")).ShouldBeTrue();
        await OpsMapProcess.Signal("TERM", process.Id);
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
    }
}
