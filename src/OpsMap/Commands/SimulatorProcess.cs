using System.Diagnostics;

namespace OpsMap.Commands;

/// <summary>The simulator as a child. It ends when its standard input ends, that is with this process, however this one ends; when it dies alone it is started again.</summary>
sealed class SimulatorProcess : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromMinutes(1), Patience = TimeSpan.FromSeconds(3);
    private readonly string[] _command;
    private readonly CancellationTokenSource _stopping;
    private readonly Task _life;

    private SimulatorProcess(string[] command, CancellationToken ct)
    {
        _command = command;
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _life = LiveAsync();
    }

    /// <summary>Null when this installation has no simulator or the data folder no accounts for it to use.</summary>
    public static SimulatorProcess? Start(string url, string accounts, bool insecure, CancellationToken ct)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "OpsMap.Simulator.dll");
        var missing = !File.Exists(program) ? program : !File.Exists(accounts) ? accounts : null;
        if (missing is null) return new SimulatorProcess([program, "--url", url, "--accounts", accounts, .. insecure ? new[] { "--insecure" } : []], ct);
        Console.Error.WriteLine($"opsmap: no simulator, {missing} is not there");
        return null;
    }

    private async Task LiveAsync()
    {
        for (var pause = FirstPause; !_stopping.IsCancellationRequested; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var began = Stopwatch.GetTimestamp();
            using (var process = Process.Start(new ProcessStartInfo(Dotnet, _command) { RedirectStandardInput = true, RedirectStandardOutput = true }))
            {
                if (process is null) return;
                var silence = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(Timeout.Infinite, _stopping.Token));
                process.StandardInput.Close();
                await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(Patience));
                if (!process.HasExited) process.Kill();
                await silence;
            }
            if (_stopping.IsCancellationRequested) return;
            if (Stopwatch.GetElapsedTime(began) > LongestPause) pause = FirstPause;
            await Task.Delay(pause, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // first the pause: at a Ctrl-C it ends a moment before we are told
            if (!_stopping.IsCancellationRequested) await Console.Error.WriteLineAsync($"opsmap: the simulator ended; started again after {pause.TotalSeconds:0} s");
        }
    }

    // The host that runs us; an application started by its own executable leaves it to PATH.
    private static string Dotnet => Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _life;
        _stopping.Dispose();
    }
}
