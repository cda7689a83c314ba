using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpsMap.Data;

/// <summary>Where a private cluster lives: its files, its log and its socket.</summary>
/// <param name="Home">Holds <c>data</c> (the cluster), <c>server.log</c> and <c>lock</c>.</param>
/// <param name="Socket">The folder of the unix socket; at most 107 bytes with the socket's name.</param>
/// <param name="AsRoot">Started by root, so that the cluster belongs to the user postgres.</param>
sealed record ClusterFolder(string Home, string Socket, bool AsRoot)
{
    public const string Major = "15";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Passable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private const int SocketPathLimit = 107;

    public string Files => Path.Combine(Home, "data");

    public string Log => Path.Combine(Home, "server.log");

    /// <summary>The place that belongs to a data folder. As root the data folder holds a pointer, which goes with it when it is moved.</summary>
    /// <exception cref="RefusedException">The pointer leads nowhere, or the folder is a PostgreSQL data folder itself.</exception>
    public static ClusterFolder Of(string dataFolder)
    {
        var full = Path.GetFullPath(dataFolder);
        if (ReadVersion(full) is { } version) throw new RefusedException($"{full} is itself the data folder of a PostgreSQL {version}: give --data a folder of OpsMap's own");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(full)))[..12];
        if (Environment.UserName == "root")
        {
            var pointer = Path.Combine(full, "cluster");
            var home = File.Exists(pointer) ? File.ReadAllText(pointer).Trim() : Free($"/var/lib/opsmap/{hash}");
            if (File.Exists(pointer) && !Directory.Exists(home)) throw new RefusedException($"{pointer} names {home}, which is not there: bring it back, or remove {pointer} to begin with an empty city");
            return new(home, $"/run/opsmap/{Path.GetFileName(home)}", true);
        }
        var near = Path.Combine(full, "run");
        return new(Path.Combine(full, "pg"), Encoding.UTF8.GetByteCount(near) + "/.s.PGSQL.5432".Length <= SocketPathLimit ? near : Path.Combine(Path.GetTempPath(), $"opsmap-{hash}"), false);
    }

    // A data folder that was removed leaves its cluster behind: whoever begins again gets an empty one, and the old one is not touched.
    private static string Free(string home)
    {
        var free = home;
        for (var n = 2; Directory.Exists(Path.Combine(free, "data")); n++) free = $"{home}-{n}";
        if (free != home) Console.Error.WriteLine($"opsmap: {home} is the database of a data folder that is gone; it is left as it is, and a new one begins in {free}");
        return free;
    }

    /// <summary>Makes the folders where missing and gives them to the cluster's user.</summary>
    public async Task PrepareAsync(string dataFolder, CancellationToken ct)
    {
        Directory.CreateDirectory(dataFolder);
        foreach (var folder in new[] { Home, Socket })
        {
            if (AsRoot && Path.GetDirectoryName(folder) is { } above && !Directory.Exists(above))
            {
                Directory.CreateDirectory(above);
                File.SetUnixFileMode(above, Passable); // whatever root's umask says, postgres must get through
            }
            Directory.CreateDirectory(folder, OwnerOnly);
            File.SetUnixFileMode(folder, OwnerOnly);
        }
        if (!AsRoot) return;
        await Programs.RunAsync("chown", ["postgres:postgres", Home, Socket], ct);
        var pointer = Path.Combine(dataFolder, "cluster");
        if (File.Exists(pointer)) return;
        await File.WriteAllTextAsync(pointer + ".new", Home + "\n", ct);
        File.Move(pointer + ".new", pointer);
    }

    /// <summary>Refuses what this version must not touch.</summary>
    public void CheckVersion()
    {
        if (!Directory.Exists(Files)) return;
        var version = ReadVersion(Files) ?? throw new RefusedException($"{Files} is there but is no PostgreSQL cluster: move it away");
        if (version != Major) throw new RefusedException($"{Files} belongs to PostgreSQL {version}, this OpsMap runs {Major}: use an OpsMap for {version}, or another --data; nothing was changed");
    }

    /// <summary>Refuses when less room is left than a start needs.</summary>
    public void CheckRoom()
    {
        var needed = Directory.Exists(Files) ? 64 : 300;
        var free = new DriveInfo(Home).AvailableFreeSpace >> 20;
        if (free < needed) throw new RefusedException($"the disk is full: {Home} has {free} MB left and a start needs {needed} MB");
    }

    /// <summary>Processes that have the cluster's folder as their own, which only its server's do.</summary>
    public List<int> Occupants()
    {
        var found = new List<int>();
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)) continue;
            try
            {
                if (new FileInfo($"{process}/cwd").LinkTarget == Files) found.Add(pid);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has gone, or it is somebody else's; ours we may always read.
            }
        }
        return found;
    }

    private static string? ReadVersion(string folder)
    {
        var file = Path.Combine(folder, "PG_VERSION");
        return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
    }
}
