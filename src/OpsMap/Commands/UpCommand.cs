using OpsMap.Data;
using OpsMap.Web;

namespace OpsMap.Commands;

/// <summary>`up`: the cluster, the migrations, the city, the server; all of it ends with this process.</summary>
static class UpCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var cluster = await Cluster.StartAsync(".opsmap", CancellationToken.None);
        await using var db = Database.Open(cluster.ConnectionString());
        await Migrator.RunAsync(db, CancellationToken.None);
        await using var app = Program.Build(new ServeOptions("http://127.0.0.1:5080", Path.GetFullPath("wwwroot")), db);
        await app.StartAsync();
        Console.WriteLine($"OpsMap ready on {app.Urls.First()}");
        await app.WaitForShutdownAsync();
        return 0;
    }
}
