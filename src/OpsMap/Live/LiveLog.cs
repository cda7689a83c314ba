using Npgsql;

namespace OpsMap.Live;

/// <summary>The node's tail of the change log: loads the picture, then applies every change in commit order and wakes the clients. Tries for ever.</summary>
/// <remarks>
/// It asks for the head's one row every 10 ms while changes come, every 25 ms while somebody watches and nothing comes, and four times a second otherwise.
/// A NOTIFY in every transaction would serialise all commits on one lock of the cluster and cost two thirds of the writers' rate. See docs/adr/0005-live-stream.md.
/// </remarks>
sealed class LiveLog(NpgsqlDataSource db, TimeProvider clock, ILogger<LiveLog> logger) : BackgroundService
{
    /// <summary>Without a word from the database for so long the picture is not called fresh: beats stop and the pages say so.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(10), Quiet = TimeSpan.FromMilliseconds(25), Unwatched = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BusyFor = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(5);

    private readonly LiveSignals _signals = new();
    private readonly SemaphoreSlim _wanted = new(0);
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _freshAt = long.MinValue, _changedAt;
    private DateTimeOffset _at;
    private readonly Lock _fresh = new();

    public LivePicture Picture { get; } = new();

    /// <summary>The database's time when the picture was last known to be complete.</summary>
    public DateTimeOffset At
    {
        get { lock (_fresh) return _at; }
    }

    /// <summary>Whether the database answered a moment ago.</summary>
    public bool IsFresh
    {
        get { lock (_fresh) return _freshAt != long.MinValue && clock.GetElapsedTime(_freshAt) < StaleAfter; }
    }

    /// <summary>Whether the database has said nothing for so long that whoever asks it now would only wait too.</summary>
    public bool IsSilent
    {
        get { lock (_fresh) return _freshAt != long.MinValue && clock.GetElapsedTime(_freshAt) > SilentAfter; }
    }

    /// <summary>Done once the picture holds whatever had been committed when this was called; or, with a database that does not answer, a second later with what there is.</summary>
    public async Task CaughtUpAsync(CancellationToken ct)
    {
        var asked = Volatile.Read(ref _asked).Task;
        _wanted.Release();
        await _loaded.Task.WaitAsync(ct);
        await Task.WhenAny(asked, Task.Delay(TimeSpan.FromSeconds(1), clock, ct));
        ct.ThrowIfCancellationRequested();
    }

    /// <summary>A signal that is set with each change and at least once a second; dispose it to stop.</summary>
    public LiveSignal Subscribe() => _signals.Add();

    public int Watchers => _signals.Count;

    /// <summary>Wakes the clients, for what is not in the log: positions.</summary>
    public void Wake() => _signals.Set();

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        await Task.Yield();
        using var timer = clock.CreateTimer(_ => _signals.Set(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        for (var pause = TimeSpan.FromMilliseconds(100); !stopping.IsCancellationRequested;)
        {
            try
            {
                await FollowAsync(() => pause = TimeSpan.FromMilliseconds(100), stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                logger.LogWarning("the change log cannot be read, next try in {Pause}: {Failure}", pause, failure is NpgsqlException ? failure.Message : failure);
                await Task.Delay(pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    // On one connection, until it breaks. A connection may lead to another server than the last one did, so each begins with the question whose history this is.
    private async Task FollowAsync(Action connected, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await Epoch.ClaimAsync(connection, ct);
        await using var asked = LiveLogStore.HeadCommand(connection);
        while (true)
        {
            var waiting = Interlocked.Exchange(ref _asked, new(TaskCreationOptions.RunContinuationsAsynchronously));
            var head = await LiveLogStore.HeadAsync(asked, ct);
            var state = Picture.State;
            if (state.Generation > 0 && head.Epoch == state.Epoch && head.N < state.N) await Epoch.RenewAsync(connection, head.Epoch, ct);
            if (state.Generation == 0 || head.Epoch != state.Epoch || head.N < state.N) head = await LoadAsync(connection, ct);
            else if (head.N > state.N) head = await CatchUpAsync(connection, head, ct);
            lock (_fresh) (_freshAt, _at) = (clock.GetTimestamp(), head.At);
            _loaded.TrySetResult();
            waiting.TrySetResult();
            connected();
            await _wanted.WaitAsync(_signals.Count == 0 ? Unwatched : clock.GetElapsedTime(_changedAt) < BusyFor ? Busy : Quiet, ct);
        }
    }

    private async Task<LogHead> CatchUpAsync(NpgsqlConnection connection, LogHead head, CancellationToken ct)
    {
        while (Picture.State.N is var n && n < head.N)
        {
            var next = await LiveLogStore.AfterAsync(connection, n, ct);
            if (next.Count == 0 || next.Where((entry, i) => entry.Seq != n + 1 + i).Any())
            {
                logger.LogError("the change log has a hole after {N}; the picture is loaded again", n);
                return await LoadAsync(connection, ct);
            }
            Picture.Apply(next);
            _changedAt = clock.GetTimestamp();
            _signals.Set();
        }
        return head;
    }

    private async Task<LogHead> LoadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var (head, items, recent) = await LiveLogStore.LoadAsync(connection, ct);
        Picture.Replace(head.Epoch, head.N, items, recent);
        _signals.Set();
        logger.LogInformation("live picture loaded as of {N}: {Count} items, {Recent} recent changes, epoch {Epoch}", head.N, items.Count, recent.Count, head.Epoch);
        return head;
    }
}
