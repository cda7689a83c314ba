using Npgsql;
using OpsMap.Data;

namespace OpsMap.Commands;

/// <summary>The database that a command works on: the one served now, else that of the data folder, started for as long as the command runs.</summary>
sealed class Target : IAsyncDisposable
{
    private readonly DataFolder? _data;
    private readonly Cluster? _cluster;

    private Target(NpgsqlDataSource db, DataFolder? data = null, Cluster? cluster = null) => (Db, _data, _cluster) = (db, data, cluster);

    public NpgsqlDataSource Db { get; }

    /// <summary>`--db`, else OPSMAP_DB; null when neither is given.</summary>
    public static NpgsqlConnectionStringBuilder? GivenDatabase(Arguments args) =>
        args.Option("--db") is { } given ? Data.GivenDatabase.Parse(given) : Environment.GetEnvironmentVariable("OPSMAP_DB") is { Length: > 0 } text ? Data.GivenDatabase.Parse(text) : null;

    /// <summary>Reaches a migrated database.</summary>
    /// <exception cref="RefusedException">There is none, or it cannot be reached.</exception>
    public static async Task<Target> OpenAsync(string command, string folder, NpgsqlConnectionStringBuilder? given, CancellationToken ct)
    {
        if (given is not null)
        {
            await Data.GivenDatabase.CheckAsync(given, ct);
            return await MigratedAsync(new Target(Database.Open(given.ConnectionString)), ct);
        }
        if (!Directory.Exists(folder)) throw new RefusedException($"there is no data folder {Path.GetFullPath(folder)}: start './opsmap up' once, or name another with --data");
        for (var tries = 0; ; tries++)
        {
            if (DataFolder.TryHold(folder) is { } data) return await StartAsync(command, data, ct);
            if (DataFolder.HolderOf(folder) is { Url: not null, Ready: true }) return new Target(Database.Open(Cluster.ConnectionString(ClusterFolder.Of(folder))));
            if (tries == 600) throw new RefusedException($"process {DataFolder.HolderOf(folder)?.Pid} has been at work on {Path.GetFullPath(folder)} for a minute: wait for it");
            await Task.Delay(100, ct);
        }
    }

    private static async Task<Target> StartAsync(string command, DataFolder data, CancellationToken ct)
    {
        Cluster? cluster = null;
        try
        {
            data.Announce(new Holder(Environment.ProcessId, command, null, false));
            cluster = await Cluster.StartAsync(data.Path, ct);
            return await MigratedAsync(new Target(Database.Open(cluster.ConnectionString()), data, cluster), ct);
        }
        catch
        {
            if (cluster is not null) await cluster.DisposeAsync();
            data.Dispose();
            throw;
        }
    }

    private static async Task<Target> MigratedAsync(Target target, CancellationToken ct)
    {
        await Migrator.RunAsync(target.Db, ct);
        return target;
    }

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        if (_cluster is not null) await _cluster.DisposeAsync();
        _data?.Dispose();
    }
}
