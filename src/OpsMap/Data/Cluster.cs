using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace OpsMap.Data;

/// <summary>A private PostgreSQL cluster: data checksums, unix socket only, an unprivileged user, alive as long as this process.</summary>
/// <remarks>As root the cluster lives in /var/lib/opsmap/HASH with its socket in /run/opsmap/HASH, because a folder under root's home is closed to
/// postgres and socket paths are limited to 107 bytes. See docs/adr/0010-embedded-postgresql.md.</remarks>
sealed class Cluster : IAsyncDisposable
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";
    private readonly string _folder, _socket;
    private Process? _guard;

    private Cluster(string folder, string socket) => (_folder, _socket) = (folder, socket);

    /// <summary>Where to connect: the database named, as the cluster's owner.</summary>
    public string ConnectionString(string database = "opsmap") => new NpgsqlConnectionStringBuilder { Host = _socket, Username = "postgres", Database = database }.ConnectionString;

    /// <summary>Creates the cluster where it is missing, starts it, and makes its database.</summary>
    public static async Task<Cluster> StartAsync(string dataFolder, CancellationToken ct, params string[] settings)
    {
        var full = Path.GetFullPath(dataFolder);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(full)))[..12];
        var root = Environment.UserName == "root";
        var cluster = root ? new Cluster($"/var/lib/opsmap/{hash}", $"/run/opsmap/{hash}") : new Cluster(Path.Combine(full, "pg"), Path.Combine(full, "run"));
        Directory.CreateDirectory(full);
        Directory.CreateDirectory(cluster._folder);
        Directory.CreateDirectory(cluster._socket);
        if (root)
        {
            File.WriteAllText(Path.Combine(full, "cluster"), cluster._folder + "\n");
            foreach (var folder in new[] { cluster._folder, cluster._socket })
            {
                await Run("chown", ["postgres:postgres", folder], ct);
                await Run("chmod", ["700", folder], ct);
            }
        }
        if (!File.Exists(Path.Combine(cluster._folder, "data/PG_VERSION")))
            await Run("sh", ["-c", AsOwner(root) + $"{Binaries}/initdb -D {cluster._folder}/data -U postgres -A trust -E UTF8 --locale=C.UTF-8 --data-checksums"], ct);
        var options = string.Join(' ', new[] { "listen_addresses=", $"unix_socket_directories={cluster._socket}", "shared_buffers=256MB", "max_connections=120", "random_page_cost=1.1", "max_prepared_transactions=0", "client_connection_check_interval=2s" }
            .Concat(settings).Select(s => $"-c {s}"));
        // The guard's standard input is ours: when this process ends, however it ends, the guard reads the end of file and stops the server.
        cluster._guard = Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", $"{AsOwner(root)}{Binaries}/postgres -D {cluster._folder}/data {options} >>{cluster._folder}/server.log 2>&1 </dev/null & pid=$!; cat >/dev/null; kill -INT $pid; wait $pid"])
        { RedirectStandardInput = true });
        await cluster.ReadyAsync(ct);
        return cluster;
    }

    private async Task ReadyAsync(CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false;Timeout=3");
                await connection.OpenAsync(ct);
                if (!(await connection.QueryAsync("SELECT 1 FROM pg_database WHERE datname = 'opsmap'", r => 1, ct)).Any()) await connection.ExecuteAsync("CREATE DATABASE opsmap", ct);
                return;
            }
            catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException && tries < 100)
            {
                await Task.Delay(100, ct);
            }
        }
    }

    private static string AsOwner(bool root) => root ? "exec setpriv --reuid=postgres --regid=postgres --clear-groups " : "exec ";

    private static async Task Run(string program, string[] arguments, CancellationToken ct)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" }) ?? throw new InvalidOperationException(program);
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = await process.StandardError.ReadToEndAsync(ct);
        await output;
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0) throw new RefusedException($"{program} failed: {errors.Trim()}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_guard is null) return;
        NpgsqlConnection.ClearAllPools();
        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
        _guard = null;
    }
}
