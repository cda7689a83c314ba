using System.Diagnostics;

namespace OpsMap.Data;

/// <summary>A program of the cluster under a small shell that holds it and hangs on a pipe to us.</summary>
static class Guarded
{
    // Its standard input is ours: when this process ends, however it ends, the reader sees the end of the file and stops the server.
    // When the server ends by itself the guard ends with it, which is how we learn of it.
    private const string Script = """
        log=$1; shift
        exec 3<&0
        "$@" </dev/null >>"$log" 2>&1 3<&- & server=$!
        {
            while read -r _ <&3; do :; done
            kill -INT $server
            for tenth in $(seq 80); do sleep 0.1; kill -0 $server || exit; done
            kill -QUIT $server
            for tenth in $(seq 30); do sleep 0.1; kill -0 $server || exit; done
            kill -KILL $server
        } 2>/dev/null & reader=$!
        wait $server; ended=$?
        kill $reader 2>/dev/null
        exit $ended
        """;

    /// <summary>Starts the program as the cluster's owner, in a session of its own so that Ctrl-C is ours alone. Closing its standard input ends it; it exits as the program does.</summary>
    public static Process Start(ClusterFolder folder, string[] command)
    {
        string[] owner = folder.AsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
        return Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", Script, "opsmap-guard", folder.Log, .. owner, .. command]) { RedirectStandardInput = true, WorkingDirectory = "/" })
            ?? throw new RefusedException($"{command[0]} did not start");
    }
}

/// <summary>The file into which a cluster's programs talk.</summary>
sealed class ServerLog(string path)
{
    private const long Enough = 10 << 20;

    public long Length => new FileInfo(path) is { Exists: true, Length: var length } ? length : 0;

    /// <summary>Keeps one file before this one.</summary>
    public void Rotate()
    {
        if (Length > Enough) File.Move(path, path + ".1", overwrite: true);
    }

    /// <summary>The gravest thing said since the log had this length: why a program gave up.</summary>
    public string Complaint(long from)
    {
        using var log = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Seek(from, SeekOrigin.Begin);
        var lines = new StreamReader(log).ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Any(l => l.Contains("No space left on device", StringComparison.Ordinal))) return "the disk is full";
        string[] grave = ["FATAL:", "PANIC:", "error:"];
        var last = lines.LastOrDefault(l => grave.Any(word => l.Contains(word, StringComparison.Ordinal))) ?? lines.LastOrDefault() ?? "it said nothing";
        return last[grave.Max(word => last.IndexOf(word, StringComparison.Ordinal) is var at and >= 0 ? at + word.Length : 0)..].Trim();
    }
}
