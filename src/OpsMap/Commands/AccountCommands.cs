using OpsMap.Data;

namespace OpsMap.Commands;

static class AccountCommands
{
    public static Task<int> RunAsync(string command, Arguments args, CancellationToken ct) => throw new RefusedException($"'{command}' is not in this version of OpsMap yet");
}
