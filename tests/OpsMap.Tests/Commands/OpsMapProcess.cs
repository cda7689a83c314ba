using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using OpsMap.Data;

namespace OpsMap.Tests.Commands;

/// <summary>What a command that ran to its end left: its exit code and what it printed.</summary>
sealed record Ended(int Exit, string Out, string Error)
{
    /// <summary>The one line that a refusal consists of.</summary>
    public string Line => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem($"exit {Exit}, standard error was:\n{Error}");
}

/// <summary>OpsMap as a process of its own, as the launcher becomes it.</summary>
sealed class OpsMapProcess : IAsyncDisposable
{
    private static readonly string Application = Path.Combine(AppContext.BaseDirectory, "OpsMap.dll");
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<Uri?> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OpsMapProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null) _ready.TrySetResult(null);
            else if (line.Data.StartsWith("OpsMap ready on ", StringComparison.Ordinal)) _ready.TrySetResult(new Uri(line.Data["OpsMap ready on ".Length..]));
        };
        process.ErrorDataReceived += (_, line) => { lock (_said) _said.AppendLine(line.Data); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Pid => _process.Id;

    public Uri Url { get; private set; } = new("http://localhost");

    /// <summary>Starts `up` on a free port and waits until it says that it is ready.</summary>
    public static async Task<OpsMapProcess> UpAsync(string data, params string[] more)
    {
        var up = Begin(data, more);
        await up.ReadyAsync();
        return up;
    }

    /// <summary>The same with another build of it.</summary>
    public static async Task<OpsMapProcess> UpOfAsync(string application, string data)
    {
        var up = BeginOf(application, data);
        await up.ReadyAsync();
        return up;
    }

    /// <summary>Starts `up` and waits for nothing.</summary>
    public static OpsMapProcess Begin(string data, params string[] more) => BeginOf(Application, data, more);

    private static OpsMapProcess BeginOf(string application, string data, params string[] more)
    {
        string[] port = more.Contains("--port") ? [] : ["--port", "0"], city = more.Contains("--city") ? [] : ["--city", "none"];
        return new OpsMapProcess(Start("dotnet", [application, "up", "--data", data, .. port, .. city, .. more]));
    }

    public async Task ReadyAsync()
    {
        Url = await _ready.Task.WaitAsync(TimeSpan.FromMinutes(3)) ?? throw new InvalidOperationException($"up ended before it was ready: {Said()}");
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<Ended> RunAsync(params string[] args) => RunProgramAsync("dotnet", [Application, .. args]);

    /// <summary>Runs any program to its end; <paramref name="environment"/> replaces variables.</summary>
    public static async Task<Ended> RunProgramAsync(string program, string[] args, params (string Name, string Value)[] environment)
    {
        using var process = Start(program, args, environment);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
        return new Ended(process.ExitCode, await output, await error);
    }

    private static Process Start(string program, string[] args, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        start.Environment.Remove("OPSMAP_DB");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException(program);
    }

    /// <summary>Sends SIGTERM and waits for the end; the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        await Signal("TERM", Pid);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return _process.ExitCode;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public static Task<Ended> Signal(string signal, int pid) => RunProgramAsync("kill", ["-" + signal, $"{pid}"]);

    public string Said()
    {
        lock (_said) return _said.ToString();
    }

    public HttpClient Client() => new(new HttpClientHandler { AllowAutoRedirect = false, ServerCertificateCustomValidationCallback = (_, _, _, _) => true }) { BaseAddress = Url };

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await TerminateAsync();
        _process.Dispose();
    }
}

/// <summary>A data folder of one's own, with its cluster, gone afterwards.</summary>
sealed class Scratch : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("opsmap-data-").FullName;

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public ClusterFolder Cluster => ClusterFolder.Of(Path);

    public JsonNode Accounts => JsonNode.Parse(File.ReadAllText(In("accounts.json"))) ?? throw new InvalidOperationException("accounts.json");

    public string PasswordOf(string user) => (string?)Accounts["people"]?.AsArray().Single(p => (string?)p?["user"] == user)?["password"] ?? throw new InvalidOperationException(user);

    /// <summary>Waits until no server is left in the cluster's folder.</summary>
    public Task EmptyAsync(TimeSpan? within = null) => Answers.Eventually("the cluster's folder is left by its server", () => Task.FromResult(Cluster.Occupants().Count == 0), within ?? TimeSpan.FromSeconds(20));

    public void Dispose()
    {
        var home = File.Exists(In("cluster")) ? File.ReadAllText(In("cluster")).Trim() : null;
        if (home is not null && Directory.Exists(home)) Directory.Delete(home, recursive: true);
        Directory.Delete(Path, recursive: true);
    }
}
