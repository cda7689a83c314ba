using System.Diagnostics;
using Npgsql;

namespace OpsMap.Data;

/// <summary>A private PostgreSQL cluster: data checksums, unix socket only, an unprivileged user, alive as long as this process.</summary>
/// <remarks>Why it lives where it lives: docs/adr/0010-embedded-postgresql.md.</remarks>
sealed class Cluster : IAsyncDisposable
{
    private const string Binaries = $"/usr/lib/postgresql/{ClusterFolder.Major}/bin";

    /// <summary>For two cores and a few GB that others use too. Nothing here trades durability for speed.</summary>
    private static readonly string[] Settings =
    [
        "listen_addresses=", "unix_socket_permissions=0700", "max_connections=120", "max_prepared_transactions=0", "client_connection_check_interval=2s",
        "fsync=on", "full_page_writes=on", "synchronous_commit=on", "wal_compression=on", "max_wal_size=1GB", "checkpoint_completion_target=0.9",
        "shared_buffers=256MB", "effective_cache_size=1GB", "work_mem=16MB", "maintenance_work_mem=128MB", "random_page_cost=1.1", "jit=off",
        "timezone=UTC", "log_timezone=UTC", "log_destination=stderr", "logging_collector=off", "log_line_prefix=%m [%p] %q%u@%d ", "log_lock_waits=on", "log_min_duration_statement=5s",
        "log_checkpoints=off",
    ];

    private readonly ClusterFolder _folder;
    private readonly ServerLog _log;
    private readonly FileStream _lock;
    private readonly string[] _settings;
    private readonly CancellationTokenSource _stopping = new();
    private Process? _guard;
    private Task _watch = Task.CompletedTask;

    private Cluster(ClusterFolder folder, FileStream held, string[] settings) => (_folder, _log, _lock, _settings) = (folder, new ServerLog(folder.Log), held, settings);

    /// <summary>Where to connect: the database named, as the cluster's owner.</summary>
    public string ConnectionString(string database = "opsmap") => ConnectionString(_folder, database);

    /// <summary>Where the cluster of a data folder is reached while somebody runs it.</summary>
    public static string ConnectionString(ClusterFolder folder, string database = "opsmap") =>
        new NpgsqlConnectionStringBuilder { Host = folder.Socket, Username = "postgres", Database = database }.ConnectionString;

    /// <summary>Creates the cluster where it is missing, ends what a killed process left of it, starts it, and makes its database.</summary>
    /// <param name="settings">name=value, after our own and therefore stronger.</param>
    /// <exception cref="RefusedException">It cannot be started; the message says why.</exception>
    public static async Task<Cluster> StartAsync(string dataFolder, CancellationToken ct, params string[] settings)
    {
        var folder = ClusterFolder.Of(dataFolder);
        if (!File.Exists($"{Binaries}/postgres")) throw new RefusedException($"PostgreSQL {ClusterFolder.Major} is missing; install it with: sudo apt-get install -y --no-install-recommends postgresql-15 postgresql-15-postgis-3");
        folder.CheckVersion();
        await folder.PrepareAsync(dataFolder, ct);
        folder.CheckRoom();
        var cluster = new Cluster(folder, Hold(folder), settings);
        try
        {
            await cluster.EndOccupantsAsync(ct);
            await cluster.CreateAsync(ct);
            await cluster.ServeAsync(ct);
            await cluster.MakeDatabaseAsync(ct);
            cluster._watch = cluster.WatchAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    // The data folder is locked already; this one catches a copy of a data folder, whose pointer leads to the same cluster.
    private static FileStream Hold(ClusterFolder folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder.Home, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new RefusedException($"the cluster in {folder.Home} is in use by another OpsMap ({e.Message})");
        }
    }

    // A guard whose parent was killed is stopping the server at this moment; one that was killed itself needs help.
    private async Task EndOccupantsAsync(CancellationToken ct)
    {
        var pidFile = Path.Combine(_folder.Files, "postmaster.pid");
        foreach (var (signal, seconds) in new[] { ("", 12), ("INT", 10), ("QUIT", 5), ("KILL", 5) })
        {
            foreach (var pid in signal.Length > 0 ? _folder.Occupants() : []) await SignalAsync(signal, pid, ct);
            for (var tenths = 0; tenths < seconds * 10; tenths++)
            {
                if (_folder.Occupants().Count == 0)
                {
                    // Nobody is in the folder, so whatever process bears the number in there today is a stranger.
                    if (File.Exists(pidFile)) File.Delete(pidFile);
                    return;
                }
                await Task.Delay(100, ct);
            }
        }
        throw new RefusedException($"the server that an earlier run left in {_folder.Files} does not stop (process {string.Join(", ", _folder.Occupants())})");
    }

    private static async Task SignalAsync(string signal, int pid, CancellationToken ct)
    {
        try
        {
            await Programs.RunAsync("kill", ["-" + signal, pid.ToString(System.Globalization.CultureInfo.InvariantCulture)], ct);
        }
        catch (RefusedException)
        {
            // It ended meanwhile; the next look tells.
        }
    }

    // Under another name until it is whole: an initdb that was killed leaves nothing that looks like a cluster.
    private async Task CreateAsync(CancellationToken ct)
    {
        if (Directory.Exists(_folder.Files)) return;
        foreach (var leftover in Directory.EnumerateDirectories(_folder.Home, "new-*")) await ClearAsync(leftover, ct);
        var fresh = Path.Combine(_folder.Home, $"new-{Environment.ProcessId}");
        var said = _log.Length;
        using var initdb = Guarded.Start(_folder, [$"{Binaries}/initdb", "-D", fresh, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums"]);
        await using var end = ct.Register(initdb.StandardInput.Close);
        await initdb.WaitForExitAsync(CancellationToken.None);
        ct.ThrowIfCancellationRequested();
        if (initdb.ExitCode != 0) throw new RefusedException($"the database cluster could not be made: {_log.Complaint(said)} (log: {_folder.Log})");
        Directory.Move(fresh, _folder.Files);
    }

    // The initdb of an up that was killed may still be taking its own files away.
    private static async Task ClearAsync(string folder, CancellationToken ct)
    {
        for (var tries = 0; Directory.Exists(folder); tries++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (tries < 50)
            {
                await Task.Delay(100, ct);
            }
        }
    }

    private async Task ServeAsync(CancellationToken ct)
    {
        _log.Rotate();
        var said = _log.Length;
        _guard = Guarded.Start(_folder, [$"{Binaries}/postgres", "-D", _folder.Files, .. Settings.Append($"unix_socket_directories={_folder.Socket}").Concat(_settings).SelectMany(s => new[] { "-c", s })]);
        while (!await AnswersAsync(ct))
        {
            if (_guard.HasExited) throw new RefusedException($"the database server did not start: {_log.Complaint(said)} (log: {_folder.Log})");
            await Task.Delay(50, ct);
        }
    }

    // Not yet listening, and still recovering (57P03), are both worth waiting for as long as the server lives.
    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        try
        {
            await using var connection = await OpenAsync(ct);
            return true;
        }
        catch (NpgsqlException e) when (e is not PostgresException || e.SqlState == PostgresErrorCodes.CannotConnectNow)
        {
            return false;
        }
    }

    private async Task MakeDatabaseAsync(CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        if ((await connection.QueryAsync("SELECT 1 FROM pg_database WHERE datname = 'opsmap'", r => r.GetInt32(0), ct)).Count == 0) await connection.ExecuteAsync("CREATE DATABASE opsmap", ct);
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false;Timeout=3");
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server again when it ended although nobody asked it to.</summary>
    private async Task WatchAsync()
    {
        while (_guard is { } guard)
        {
            await guard.WaitForExitAsync();
            if (_stopping.IsCancellationRequested) return;
            try
            {
                await Console.Error.WriteLineAsync("opsmap: the database server ended unasked; starting it again");
                await EndOccupantsAsync(_stopping.Token);
                await ServeAsync(_stopping.Token);
                guard.Dispose();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (RefusedException refused)
            {
                await Console.Error.WriteLineAsync($"opsmap: {refused.Message}");
                await Task.Delay(TimeSpan.FromSeconds(5), _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_guard is { } guard)
        {
            NpgsqlConnection.ClearAllPools();
            guard.StandardInput.Close();
            await guard.WaitForExitAsync();
            foreach (var frozen in _folder.Occupants()) await SignalAsync("KILL", frozen, CancellationToken.None); // what neither a request nor its parent's end could move
            await _watch;
            _guard = null;
            guard.Dispose();
            if (Directory.Exists(_folder.Socket) && !Directory.EnumerateFileSystemEntries(_folder.Socket).Any()) Directory.Delete(_folder.Socket);
        }
        _stopping.Dispose();
        await _lock.DisposeAsync();
    }
}
