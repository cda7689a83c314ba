using OpsMap.Data;

namespace OpsMap.Commands;

static class ImportCommand
{
    public static Task<int> RunAsync(Arguments args, CancellationToken ct) => throw new RefusedException("'import' is not in this version of OpsMap yet");
}
