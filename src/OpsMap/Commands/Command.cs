using OpsMap.Data;

namespace OpsMap.Commands;

/// <summary>The commands of the launcher: 0 done, 1 failed with one line saying why, 2 wrong usage.</summary>
static class Command
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return args switch
            {
                ["up", .. var rest] => await UpCommand.RunAsync(rest),
                _ => Usage(),
            };
        }
        catch (RefusedException refused)
        {
            await Console.Error.WriteLineAsync($"opsmap: {refused.Message}");
            return 1;
        }
    }

    private static int Usage()
    {
        Console.Error.WriteLine("opsmap: usage: opsmap up [--port 5080] [--data .opsmap]");
        return 2;
    }
}
