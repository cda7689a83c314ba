using System.Runtime.InteropServices;
using OpsMap.Simulator.Ground;
using OpsMap.Simulator.Handling;
using OpsMap.Simulator.Moving;
using OpsMap.Simulator.Reporting;
using OpsMap.Simulator.Wire;

namespace OpsMap.Simulator;

/// <summary>A city in motion, seen from the server as any other outside systems and people. Ends at the end of standard input, on SIGTERM or SIGINT.</summary>
static class Simulation
{
    static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);

    public static async Task<int> Main(string[] args)
    {
        if (Options.Parse(args) is not { } options)
        {
            Console.Error.WriteLine(Options.Usage);
            return 2;
        }
        var ending = new CancellationTokenSource(); // never disposed: the thread at standard input may outlive this method
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => End(signal, ending));
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => End(signal, ending));
        new Thread(() => EndWithInput(ending)) { IsBackground = true, Name = "stdin" }.Start();

        Say($"started for {options.Url.GetLeftPart(UriPartial.Authority)}");
        try
        {
            await RunAsync(options, TimeProvider.System, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // asked to end
        }
        return 0;
    }

    static async Task RunAsync(Options options, TimeProvider clock, CancellationToken ct)
    {
        using var http = Http(options);
        var server = new Server(http, new Accounts(options.Accounts), new Reachability(Say), clock);
        var city = await AlwaysAsync("reading the city", new CityReader(server, clock).ReadAsync, clock, ct);

        // Units and places are the same in every run; what is reported is not, or a restart would tell the same day again.
        var random = new Random(Chance.Seed("reports", options.Seed ^ clock.GetUtcNow().Ticks));
        var writer = new ReportWriter(city, server.Accounts.Feeds, random);
        var desk = new Desk(server, new Dispatching(city), options.Speed, clock);
        await Task.WhenAll(
            AlwaysAsync("units", new Patrols(server, city, options.Seed, clock).RunAsync, clock, ct),
            ReportAndHandleAsync());

        async Task ReportAndHandleAsync()
        {
            await AlwaysAsync("backlog", BeginAsync, clock, ct);
            await Task.WhenAll(
                AlwaysAsync("reports", new Reporter(server, writer, options.Speed, random, clock).RunAsync, clock, ct),
                AlwaysAsync("cases", desk.RunAsync, clock, ct));
        }

        async Task BeginAsync(CancellationToken token)
        {
            if (await new Backlog(server, writer, random, clock).SendToAnEmptyCityAsync(token)) await desk.CatchUpAsync(token);
        }
    }

    static HttpClient Http(Options options)
    {
        var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) };
        if (options.Insecure && options.Url.IsLoopback) handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        return new HttpClient(handler) { BaseAddress = options.Url, Timeout = TimeSpan.FromSeconds(20) };
    }

    /// <summary>A mistake of ours in one part is said and must not end the others.</summary>
    static async Task<T> AlwaysAsync<T>(string what, Func<CancellationToken, Task<T>> run, TimeProvider clock, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await run(ct);
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                Say($"{what}: {failure.GetType().Name}: {failure.Message}");
                await Task.Delay(AfterFailure, clock, ct);
            }
        }
    }

    static Task AlwaysAsync(string what, Func<CancellationToken, Task> run, TimeProvider clock, CancellationToken ct) =>
        AlwaysAsync(what, async token =>
        {
            await run(token);
            return true;
        }, clock, ct);

    static void End(PosixSignalContext signal, CancellationTokenSource ending)
    {
        signal.Cancel = true;
        ending.Cancel();
    }

    /// <summary>The parent holds the other end of the pipe; when it is gone, however it went, so are we.</summary>
    static void EndWithInput(CancellationTokenSource ending)
    {
        Span<byte> ignored = stackalloc byte[256];
        using var input = Console.OpenStandardInput();
        try
        {
            while (input.Read(ignored) > 0) { }
        }
        catch (IOException)
        {
            // a broken pipe is an end as well
        }
        ending.Cancel();
    }

    static void Say(string line)
    {
        try
        {
            Console.WriteLine($"simulator: {line}");
        }
        catch (IOException)
        {
            // nobody reads any more
        }
    }
}
