using System.ComponentModel;
using System.Diagnostics;

namespace OpsMap.Data;

/// <summary>Runs a program of the system to its end.</summary>
static class Programs
{
    /// <exception cref="RefusedException">It is not there or ended with an error; the message quotes its last line.</exception>
    public static async Task RunAsync(string program, IEnumerable<string> arguments, CancellationToken ct)
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = await process.StandardError.ReadToEndAsync(ct);
        var said = (await output + "\n" + errors).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode == 0) return;
        if (said.FirstOrDefault(l => l.Contains("No space left on device", StringComparison.Ordinal)) is not null) throw new RefusedException($"the disk is full: {Path.GetFileName(program)} could not write");
        throw new RefusedException($"{Path.GetFileName(program)} failed: {said.LastOrDefault(l => l.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? said.LastOrDefault() ?? $"exit {process.ExitCode}"}");
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })
                ?? throw new RefusedException($"{program} did not start");
        }
        catch (Win32Exception)
        {
            throw new RefusedException($"{program} is not installed here");
        }
    }
}
