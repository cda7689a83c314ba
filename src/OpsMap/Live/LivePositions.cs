using Npgsql;
using OpsMap.Data;

namespace OpsMap.Live;

/// <summary>Where the units are, read twice a second while somebody watches. State, not history: a client that is late gets the newest.</summary>
sealed class LivePositions(NpgsqlDataSource db, LiveLog log, TimeProvider clock, ILogger<LivePositions> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500), ReadAllEvery = TimeSpan.FromMinutes(1);

    // A row written in a transaction that commits late carries an older time than one already read: read again what is a little older.
    private const string Columns = "id, scopes, lon, lat, item::text, updated_at", OnDuty = "at > now() - interval '10 minutes'", Overlap = "interval '5 seconds'";

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wanted = new(0);
    private Dictionary<long, LiveItem> _units = [];
    private LiveMoves _moves = new(0, [], []);
    private bool _ready;
    private int _watchers;

    /// <summary>Says that one more client wants positions; dispose it when it no longer does.</summary>
    public IDisposable Watch()
    {
        if (Interlocked.Increment(ref _watchers) == 1) _wanted.Release();
        return new Watcher(() => Interlocked.Decrement(ref _watchers));
    }

    /// <summary>All units on duty and the tick they are of; null until they have been read.</summary>
    public (long Tick, LiveItem[] Units)? All()
    {
        lock (_gate) return _ready ? (_moves.Tick, [.. _units.Values]) : null;
    }

    /// <summary>What the newest tick moved.</summary>
    public LiveMoves Moves
    {
        get { lock (_gate) return _moves; }
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        await Task.Yield();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await _wanted.WaitAsync(stopping);
                await FollowAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task FollowAsync(CancellationToken ct)
    {
        var (readAllAt, newest) = (default(long?), DateTimeOffset.MinValue);
        while (Volatile.Read(ref _watchers) > 0)
        {
            try
            {
                var all = readAllAt is not { } last || clock.GetElapsedTime(last) > ReadAllEvery;
                var rows = await db.QueryAsync($"SELECT {Columns} FROM unit_positions WHERE {OnDuty} AND ($1 OR updated_at > $2::timestamptz - {Overlap})", r =>
                    (Item: LiveItem.Read(Topic.Positions, r.GetInt64(0), 0, r.GetFieldValue<string[]>(1), r.GetDouble(2), r.GetDouble(3), r.GetString(4)), At: r.GetFieldValue<DateTimeOffset>(5)), ct, all, newest);
                if (all) readAllAt = clock.GetTimestamp();
                if (rows.Count > 0) newest = rows.Max(r => r.At);
                if (Take([.. rows.Select(r => r.Item)], all)) log.Wake();
            }
            catch (NpgsqlException)
            {
                // The tail says that the database is away; here the next tick tries again.
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogError(failure, "positions cannot be read");
            }
            await Task.Delay(Tick, clock, ct);
        }
        lock (_gate) (_ready, _units, _moves) = (false, [], _moves with { Moved = [], Gone = [] });
    }

    private bool Take(LiveItem[] rows, bool all)
    {
        lock (_gate)
        {
            LiveItem[] moved = [.. rows.Where(r => !_units.TryGetValue(r.Id, out var before) || !before.Put.AsSpan().SequenceEqual(r.Put))];
            long[] gone = all ? [.. _units.Keys.Except(rows.Select(r => r.Id))] : [];
            foreach (var unit in moved) _units[unit.Id] = unit;
            foreach (var id in gone) _units.Remove(id);
            if (_ready && moved.Length == 0 && gone.Length == 0) return false;
            _ready = true;
            _moves = new LiveMoves(_moves.Tick + 1, moved, gone);
            return true;
        }
    }

    private sealed class Watcher(Action gone) : IDisposable
    {
        private Action? _gone = gone;

        public void Dispose() => Interlocked.Exchange(ref _gone, null)?.Invoke();
    }
}

/// <summary>What moved and who went off duty at one tick; ticks count up by one.</summary>
sealed record LiveMoves(long Tick, LiveItem[] Moved, long[] Gone);
