namespace OpsMap.Tests.Commands;

/// <summary>The bash launcher before it becomes the application.</summary>
public sealed class LauncherTests
{
    private static readonly string Launcher = Path.Combine(City.Root, "opsmap");

    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("up", "--help")]
    public async Task It_tells_how_it_is_used(params string[] args)
    {
        var told = await OpsMapProcess.RunProgramAsync(Launcher, args);

        told.Exit.ShouldBe(0);
        told.Out.ShouldContain("usage: ./opsmap COMMAND");
        told.Out.ShouldContain("--no-simulator");
    }

    [Fact]
    public async Task An_unknown_command_is_wrong_usage_and_quoted()
    {
        var wrong = await OpsMapProcess.RunProgramAsync(Launcher, ["fly"]);

        wrong.Exit.ShouldBe(2);
        wrong.Error.ShouldContain("'fly' is no command");
    }

    [Theory]
    [InlineData("the .NET 10 SDK is missing", "node")]
    [InlineData("Node 20 or newer is missing", "dotnet")]
    public async Task A_missing_tool_is_named_in_one_line(string said, string present)
    {
        // A PATH that holds the shell's own tools and one of the two.
        using var tools = new Scratch();
        foreach (var tool in new[] { "bash", "readlink", "dirname", "cat", "mkdir", "grep", "env", present })
        {
            var where = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, tool)).First(File.Exists);
            File.CreateSymbolicLink(tools.In(tool), where);
        }

        var refused = await OpsMapProcess.RunProgramAsync("/bin/bash", [Launcher, "up", "--data", tools.In("data")], ("PATH", tools.Path));

        refused.Exit.ShouldBe(1);
        refused.Line.ShouldContain(said);
    }

    [Fact]
    public async Task Who_is_not_root_is_told_the_exact_command_for_what_is_missing()
    {
        Assert.SkipUnless(Environment.UserName == "root" && (await OpsMapProcess.RunProgramAsync("unshare", ["-m", "true"])).Exit == 0, "needs the right to hide PostgreSQL from one process");
        // Hides PostgreSQL in a mount namespace of its own and becomes nobody there; the repository must be writable by nobody, so a copy of the launcher's part of it is.
        using var copy = new Scratch();
        await OpsMapProcess.RunProgramAsync("cp", ["-r", Launcher, copy.Path]);
        await OpsMapProcess.RunProgramAsync("chown", ["-R", "nobody", copy.Path]);
        const string script = "mount -t tmpfs tmpfs /usr/lib/postgresql && exec setpriv --reuid=nobody --regid=nogroup --clear-groups \"$0\" up";

        var refused = await OpsMapProcess.RunProgramAsync("unshare", ["-m", "sh", "-c", script, copy.In("opsmap")], ("HOME", copy.Path));

        refused.Exit.ShouldBe(1);
        refused.Line.ShouldEndWith("sudo apt-get install -y --no-install-recommends postgresql-15 postgresql-15-postgis-3");
    }
}
