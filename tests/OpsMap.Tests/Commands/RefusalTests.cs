using System.Net;
using System.Net.Sockets;
using Npgsql;
using OpsMap.Data;

namespace OpsMap.Tests.Commands;

/// <summary>What cannot be started says why in one line, exits with 1 and has damaged nothing.</summary>
public sealed class RefusalTests(TestCluster cluster)
{
    [Fact]
    public async Task A_cluster_of_another_major_version_is_left_alone()
    {
        using var data = new Scratch();
        await WriteCluster(data, "14");

        var refused = await OpsMapProcess.RunAsync("up", "--data", data.Path, "--port", "0");

        refused.Exit.ShouldBe(1);
        refused.Line.ShouldContain("PostgreSQL 14");
        Directory.EnumerateFileSystemEntries(data.Cluster.Files).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_data_folder_of_a_postgresql_is_not_taken_for_one_of_ours()
    {
        using var data = new Scratch();
        await File.WriteAllTextAsync(data.In("PG_VERSION"), "13\n");

        var refused = await OpsMapProcess.RunAsync("up", "--data", data.Path, "--port", "0");

        refused.Exit.ShouldBe(1);
        refused.Line.ShouldContain("PostgreSQL 13");
        Directory.EnumerateFiles(data.Path).Select(Path.GetFileName).ShouldBe(["PG_VERSION", "lock"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_full_disk_is_found_before_a_cluster_is_made()
    {
        using var data = new Scratch();
        var small = Directory.CreateTempSubdirectory("opsmap-small-").FullName;
        Assert.SkipUnless(Environment.UserName == "root" && (await OpsMapProcess.RunProgramAsync("mount", ["-t", "tmpfs", "-o", "size=20m", "tmpfs", small])).Exit == 0, "needs the right to mount");
        try
        {
            Directory.CreateDirectory(Path.Combine(small, "pg"));
            await File.WriteAllTextAsync(data.In("cluster"), Path.Combine(small, "pg"));

            var refused = await OpsMapProcess.RunAsync("up", "--data", data.Path, "--port", "0");

            refused.Exit.ShouldBe(1);
            refused.Line.ShouldContain("the disk is full");
        }
        finally
        {
            await OpsMapProcess.RunProgramAsync("umount", [small]);
            Directory.Delete(small);
        }
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=city;Username=me;Password=hunter2", "no answer from the database 'city' on 127.0.0.1:1")]
    [InlineData("postgres://me:hunter2@127.0.0.1:1/city", "no answer from the database 'city' on 127.0.0.1:1")]
    [InlineData("postgres://me:hunter2@127.0.0.1", "--db cannot be read")]
    [InlineData("Hoost=127.0.0.1;Password=hunter2", "--db cannot be read")]
    public async Task A_database_that_is_given_and_cannot_be_reached_is_named_without_its_password(string connection, string why)
    {
        using var data = new Scratch();

        var refused = await OpsMapProcess.RunAsync("up", "--data", data.Path, "--port", "0", "--db", connection);

        refused.Exit.ShouldBe(1);
        refused.Line.ShouldContain(why);
        refused.Error.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task The_environment_names_a_database_as_well()
    {
        using var data = new Scratch();

        var refused = await OpsMapProcess.RunProgramAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "OpsMap.dll"), "up", "--data", data.Path, "--port", "0"], ("OPSMAP_DB", "postgres://me:hunter2@127.0.0.1:1/city"));

        refused.Exit.ShouldBe(1);
        refused.Line.ShouldContain("no answer from the database 'city' on 127.0.0.1:1");
    }

    [Fact]
    public async Task A_database_without_postgis_whose_user_may_not_create_it_is_left_alone()
    {
        var connection = new NpgsqlConnectionStringBuilder(await cluster.NewDatabaseAsync(template: "template0"));
        await using (var db = NpgsqlDataSource.Create(connection.ConnectionString))
            await db.ExecuteAsync($"""CREATE ROLE guest_{connection.Database} LOGIN; GRANT ALL ON DATABASE {connection.Database} TO guest_{connection.Database}; GRANT ALL ON SCHEMA public TO guest_{connection.Database}""", TestContext.Current.CancellationToken);
        using var data = new Scratch();

        var refused = await OpsMapProcess.RunAsync("up", "--data", data.Path, "--port", "0", "--db", $"Host={connection.Host};Database={connection.Database};Username=guest_{connection.Database}");

        refused.Exit.ShouldBe(1);
        refused.Line.ShouldContain("has no PostGIS");
        await using var after = NpgsqlDataSource.Create(connection.ConnectionString);
        (await after.QueryAsync("SELECT 1 FROM pg_tables WHERE schemaname = 'public'", r => 1, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_database_that_holds_somebody_elses_tables_is_left_alone()
    {
        var connection = await cluster.NewDatabaseAsync(template: "template0");
        await using (var db = NpgsqlDataSource.Create(connection)) await db.ExecuteAsync("CREATE TABLE users (name text)", TestContext.Current.CancellationToken);
        using var data = new Scratch();

        var refused = await OpsMapProcess.RunAsync("up", "--data", data.Path, "--port", "0", "--db", connection);

        refused.Exit.ShouldBe(1);
        refused.Line.ShouldContain("tables of somebody else (users)");
    }

    [Fact]
    public async Task A_server_that_is_too_old_is_refused_by_its_version()
    {
        using var old = OldServer(out var port);
        using var data = new Scratch();

        var refused = await OpsMapProcess.RunAsync("up", "--data", data.Path, "--port", "0", "--db", $"Host=127.0.0.1;Port={port};Database=city;Username=me;SSL Mode=Disable;GSS Encryption Mode=Disable");

        refused.Exit.ShouldBe(1);
        refused.Line.ShouldContain("runs PostgreSQL 13.4");
    }

    [Fact]
    public async Task A_given_database_serves_and_nothing_else_is_made()
    {
        var connection = await cluster.NewDatabaseAsync(template: "template0");
        using var data = new Scratch();

        await using var up = await OpsMapProcess.UpAsync(data.Path, "--db", connection);

        using var client = up.Client();
        (await client.GetStringAsync("/health/ready")).ShouldBe("ready\n");
        File.Exists(data.In("cluster")).ShouldBeFalse();
        Directory.Exists(data.In("pg")).ShouldBeFalse();
    }

    [Fact]
    public async Task Commands_want_a_data_folder_that_is_there()
    {
        var refused = await OpsMapProcess.RunAsync("token", "add", "operator", "--data", "/tmp/opsmap-not-there");

        refused.Exit.ShouldBe(1);
        refused.Line.ShouldContain("/tmp/opsmap-not-there");
        Directory.Exists("/tmp/opsmap-not-there").ShouldBeFalse();
    }

    [Theory]
    [InlineData("scan")]
    [InlineData("bench")]
    [InlineData("backup", "file")]
    [InlineData("restore", "file")]
    public async Task What_this_version_cannot_do_it_says_plainly(params string[] command)
    {
        var refused = await OpsMapProcess.RunAsync(command);

        refused.Exit.ShouldBe(1);
        refused.Line.ShouldContain($"'{command[0]}' is not in this version");
    }

    [Theory]
    [InlineData("'--prot'", "up", "--prot", "5080")]
    [InlineData("'abc'", "up", "--port", "abc")]
    [InlineData("'70000'", "up", "--port", "70000")]
    [InlineData("'--port'", "up", "--port")]
    [InlineData("'--port'", "up", "--port", "1", "--port", "2")]
    [InlineData("'paris'", "up", "--city", "paris")]
    [InlineData("'example.org'", "up", "--listen", "example.org")]
    [InlineData("'cert.pem'", "up", "--tls", "cert.pem")]
    [InlineData("'extra'", "up", "extra")]
    [InlineData("'--role'", "user", "add", "somebody")]
    [InlineData("'boss'", "user", "add", "somebody", "--role", "boss")]
    [InlineData("'remove'", "user", "remove", "somebody", "--role", "admin")]
    [InlineData("'fly'", "fly")]
    public async Task Wrong_usage_quotes_the_wrong_word(string quoted, params string[] command)
    {
        var wrong = await OpsMapProcess.RunAsync(command);

        wrong.Exit.ShouldBe(2);
        wrong.Line.ShouldContain(quoted);
    }

    private static async Task WriteCluster(Scratch data, string version)
    {
        var cluster = data.Cluster;
        Directory.CreateDirectory(cluster.Files);
        if (cluster.AsRoot) await File.WriteAllTextAsync(data.In("cluster"), cluster.Home);
        await File.WriteAllTextAsync(Path.Combine(cluster.Files, "PG_VERSION"), version + "\n");
    }

    // Speaks just enough of the protocol to say which version it is: authentication ok, server_version, ready.
    private static TcpListener OldServer(out int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            var stream = client.GetStream();
            var startup = new byte[1024];
            _ = await stream.ReadAsync(startup);
            byte[] version = [.. "server_version\0"u8, .. "13.4\0"u8];
            await stream.WriteAsync((byte[])[(byte)'R', 0, 0, 0, 8, 0, 0, 0, 0, (byte)'S', 0, 0, 0, (byte)(4 + version.Length), .. version, (byte)'Z', 0, 0, 0, 5, (byte)'I']);
            _ = await stream.ReadAsync(startup);
        });
        return listener;
    }
}
