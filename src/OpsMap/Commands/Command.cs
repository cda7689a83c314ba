using System.Net.Sockets;
using System.Runtime.InteropServices;
using Npgsql;
using OpsMap.Data;

namespace OpsMap.Commands;

/// <summary>The commands of the launcher: 0 done, 1 failed with one line saying why, 2 wrong usage.</summary>
static class Command
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [] or ["help"] || args.Contains("--help") || args.Contains("-h"))
        {
            Console.Write(Usage());
            return 0;
        }
        using var stopping = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            return await RunAsync(args[0], new Arguments(args[1..]), stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return args[0] == "up" ? 0 : Failed("stopped before it was done");
        }
        catch (UsageException wrong)
        {
            await Console.Error.WriteLineAsync($"opsmap {args[0]}: {wrong.Message} (./opsmap --help shows the usage)");
            return 2;
        }
        catch (Exception e)
        {
            return Failed(Line(e), e);
        }
    }

    private static Task<int> RunAsync(string command, Arguments args, CancellationToken ct) => command switch
    {
        "up" => UpCommand.RunAsync(args, ct),
        "import" => ImportCommand.RunAsync(args, ct),
        "user" or "key" or "token" => AccountCommands.RunAsync(command, args, ct),
        "scan" or "bench" or "backup" or "restore" => throw new RefusedException($"'{command}' is not in this version of OpsMap yet"),
        _ => throw new UsageException($"'{command}' is no command"),
    };

    private static int Failed(string line, Exception? why = null)
    {
        Console.Error.WriteLine($"opsmap: {line}");
        if (why is not (null or RefusedException) && Environment.GetEnvironmentVariable("OPSMAP_TRACE") is { Length: > 0 }) Console.Error.WriteLine(why);
        return 1;
    }

    /// <summary>What went wrong, in one line without secrets.</summary>
    private static string Line(Exception e) => (e switch
    {
        RefusedException => e.Message,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => "the disk of the database is full",
        PostgresException sql => $"the database refuses: {sql.MessageText} ({sql.SqlState})",
        NpgsqlException => $"the database does not answer: {(e.InnerException ?? e).Message}",
        IOException { HResult: 28 } => $"the disk is full: {e.Message}",
        IOException or UnauthorizedAccessException or SocketException => e.Message,
        _ => $"unexpected: {e.GetType().Name}: {e.Message} (OPSMAP_TRACE=1 shows where)",
    }).ReplaceLineEndings(" ");

    private static string Usage()
    {
        using var reader = new StreamReader(typeof(Command).Assembly.GetManifestResourceStream("usage.txt") ?? throw new InvalidOperationException("usage.txt"));
        return reader.ReadToEnd();
    }
}
