using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Npgsql;
using OpsMap.Data;
using OpsMap.Web;

namespace OpsMap.Commands;

/// <summary>`up`: the cluster, the migrations, the city, the simulator, the server; all of it ends with this process.</summary>
static class UpCommand
{
    private sealed record Options(IPEndPoint Endpoint, (string Certificate, string? Key)? Tls, string Data, NpgsqlConnectionStringBuilder? Database, string City, bool Simulator);

    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(7);

    public static async Task<int> RunAsync(Arguments args, CancellationToken ct)
    {
        var options = Read(args);
        var webRoot = WebRoot.Find();
        ThreadPool.SetMinThreads(64, 64); // a connection that is cut off may keep a thread each until the database answers again
        // Nothing is started before it is certain that the address is free and the data folder is ours.
        using var listener = Bind(options.Endpoint);
        var url = $"{(options.Tls is null ? "http" : "https")}://{listener.LocalEndPoint}";
        using var data = await HoldAsync(options.Data, url, ct);
        var tls = options.Tls is { } files ? Certificates.Of(files, data) : null;
        if (options.Database is { } given) await GivenDatabase.CheckAsync(given, ct);

        await using var cluster = options.Database is null ? await Cluster.StartAsync(data.Path, ct) : null;
        await using var db = Database.Open(options.Database?.ConnectionString ?? cluster?.ConnectionString() ?? throw new InvalidOperationException("no database"));
        await Migrator.RunAsync(db, ct);
        await FirstStart.SeedAsync(db, data, options.City, ct);
        var demo = await FirstStart.HasDemoAsync(db, ct);
        await using var app = Program.Build(new ServeOptions(url, webRoot) { Listener = listener, Certificate = tls, Demo = demo }, db);
        await StartAsync(app, url, ct);
        await using var simulator = options.Simulator && demo ? SimulatorProcess.Start(AddressFor(url), data.Accounts, tls is not null, ct) : null;
        data.Announce(new Holder(Environment.ProcessId, "up", url, true));
        Console.WriteLine($"OpsMap ready on {url}");
        using (var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct, app.Lifetime.ApplicationStopping))
            await Task.Delay(Timeout.Infinite, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var stopped = app.StopAsync(CancellationToken.None);
        if (await Task.WhenAny(stopped, Task.Delay(LongestStop, CancellationToken.None)) != stopped)
        {
            // A database that hangs holds up whoever waits for it; its server is ended all the same, and what is left ends with this process.
            await Console.Error.WriteLineAsync("opsmap: the database does not answer; ending without waiting for it");
            if (cluster is not null) await cluster.DisposeAsync();
            Environment.Exit(0);
        }
        return 0;
    }

    private static Options Read(Arguments args)
    {
        var options = new Options(
            new IPEndPoint(args.Address("--listen", IPAddress.Loopback), args.Port("--port", 5080)), args.Tls(), args.Option("--data") ?? ".opsmap", Target.GivenDatabase(args),
            args.OneOf("--city", "wuhan", "wuhan", "none"), !args.Flag("--no-simulator"));
        args.End();
        return options;
    }

    // Bound here and handed to Kestrel, which listens on it when everything else is up.
    private static Socket Bind(IPEndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw CannotListen(endpoint.ToString(), e);
        }
    }

    private static RefusedException CannotListen(string endpoint, SocketException e) => new(e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => $"{endpoint} is taken by another program: stop it, or choose another --port",
        SocketError.AccessDenied => $"{endpoint} may not be used without more rights: choose a --port from 1024 up",
        SocketError.AddressNotAvailable => $"{endpoint} is no address of this machine: choose another --listen",
        _ => $"cannot listen on {endpoint}: {e.Message}",
    });

    private static async Task<DataFolder> HoldAsync(string folder, string url, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            if (DataFolder.TryHold(folder) is { } data)
            {
                data.Announce(new Holder(Environment.ProcessId, "up", url, false));
                return data;
            }
            var holder = DataFolder.HolderOf(folder);
            // A command that works without serving is soon done, and so is an `up` that is just ending.
            if (tries < 50 && holder?.Url is null) await Task.Delay(200, ct);
            else throw new RefusedException(holder switch
            {
                null => $"the data folder {folder} is in use by another process",
                { Url: { } there } => $"already up: process {holder.Pid} serves {Path.GetFullPath(folder)} on {there}",
                _ => $"process {holder.Pid} ('{holder.Command}') is at work on {Path.GetFullPath(folder)}: wait for it",
            });
        }
    }

    private static async Task StartAsync(WebApplication app, string url, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException e) when (e.InnerException is SocketException or Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new RefusedException($"{url} was taken by another program meanwhile: choose another --port");
        }
    }

    // Where this machine reaches itself when it listens everywhere.
    private static string AddressFor(string url) => url.Replace("://0.0.0.0:", "://127.0.0.1:", StringComparison.Ordinal).Replace("://[::]:", "://[::1]:", StringComparison.Ordinal);
}
