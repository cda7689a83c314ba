using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using OpsMap.People;

namespace OpsMap.Live;

/// <summary>One client: a cursor on the log that moves as fast as the client reads. Nothing is queued for it; what it has not read yet is still in the ring.</summary>
sealed class LiveStream(LiveLog log, LivePositions positions, CallerStore callers, TimeProvider clock, Caller caller, LiveQuery query)
{
    // A frame on the wire is at most 64 KB; small ones keep a slow line moving within the 10 s that one may take.
    private const int FrameBytes = 32 * 1024, FrameItems = 500;
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(3), RightsEvery = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly HashSet<long> _shownUnits = [];
    private LiveSignal? _signal;
    private (LiveLook Look, int View) _look = (query.Look, 1);
    private Caller _caller = caller;
    private LiveViewer _viewer = new(caller, query, query.Look, log.Picture);
    private LiveState _drawn;           // the state that the client's picture was begun with
    private string _epoch = "";
    private int _view = 1;
    private long _cursor, _told, _tick; // applied by us; told to the client as `to`; the positions' tick
    private long _beatAt = clock.GetTimestamp(), _rightsAt = clock.GetTimestamp();

    /// <summary>Asks for another look; the number it will be called by.</summary>
    public int Look(LiveLook look)
    {
        lock (_gate)
        {
            _look = (look, _look.View + 1);
            _signal?.Set();
            return _look.View;
        }
    }

    /// <summary>What the caller may see of the query, until the caller goes.</summary>
    /// <exception cref="HubException">The session has ended, or a topic is no longer the caller's.</exception>
    public async IAsyncEnumerable<LiveBatch> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using var signal = log.Subscribe();
        using var units = query.Topics.Contains(Topic.Positions) ? positions.Watch() : null;
        lock (_gate) _signal = signal;
        await log.CaughtUpAsync(ct);

        var resumed = Resume();
        if (resumed) yield return Told(Changes(log.Picture.After(_cursor, FrameItems) ?? new LiveSlice(_cursor, _cursor, [])));
        while (true)
        {
            await RenewRightsAsync(ct);
            if (!resumed || MustRedraw())
            {
                resumed = true;
                foreach (var batch in Snapshot())
                {
                    yield return batch;
                    if (LookChanged) break;
                }
                if (LookChanged) continue;
            }
            while (log.Picture.After(_cursor, FrameItems) is { Entries.Length: > 0 } slice && !MustRedraw())
            {
                var batch = Changes(slice);
                if (batch.Items.Count > 0) yield return Told(batch);
            }
            if (units is not null && !MustRedraw())
                foreach (var batch in Units()) yield return batch;
            if (clock.GetElapsedTime(_beatAt) >= BeatEvery && log.IsFresh)
            {
                _beatAt = clock.GetTimestamp();
                if (_told < _cursor) yield return Told(Batch("changes", _told, _cursor, []));
                yield return Batch("beat", _told, _told, []);
            }
            await signal.WaitAsync(ct);
        }
    }

    private bool LookChanged
    {
        get { lock (_gate) return _look.View != _view; }
    }

    // From where the client left off, where its numbers are of this epoch and in reach.
    private bool Resume()
    {
        var state = log.Picture.State;
        if (query is not { Since: { } since, Epoch: { } epoch } || epoch != LiveViewer.EpochFor(state.Epoch, _caller, query) || !log.Picture.Reaches(since) || LookChanged) return false;
        if (_viewer.HasAreas && !log.Picture.HasAreasOf(since)) return false;
        (_drawn, _epoch, _cursor, _told) = (state, epoch, since, since);
        return true;
    }

    private bool MustRedraw()
    {
        var state = log.Picture.State;
        return LookChanged || state.Generation != _drawn.Generation || (_viewer.HasAreas && state.AreasVersion != _drawn.AreasVersion) || !log.Picture.Reaches(_cursor);
    }

    // Drawn in one go as of one number; sent at the client's pace.
    private IEnumerable<LiveBatch> Snapshot()
    {
        LiveLook look;
        lock (_gate) (look, _view) = _look;
        (_drawn, var topics) = log.Picture.Snapshot(query.Topics.Where(t => t != Topic.Positions));
        _viewer = new LiveViewer(_caller, query, look, log.Picture);
        _epoch = LiveViewer.EpochFor(_drawn.Epoch, _caller, query);
        (_cursor, _told, _tick) = (_drawn.N, _drawn.N, 0);
        return Frames([.. topics.SelectMany(t => t).Where(_viewer.Shows).Select(i => i.Put)], atLeastOne: true)
            .Select(frame => Batch("snapshot", null, _drawn.N, frame.Items) with { More = frame.More });
    }

    // The changes of a slice that are the caller's, as many as one frame holds. Those that are not only move the cursor: the next `from` says so.
    private LiveBatch Changes(LiveSlice slice)
    {
        var (items, bytes, to) = (new List<byte[]>(), 0, slice.From);
        foreach (var entry in slice.Entries)
        {
            if (_viewer.Of(entry) is { } item)
            {
                if (items.Count > 0 && bytes + item.Length > FrameBytes) break;
                items.Add(item);
                bytes += item.Length + 1;
            }
            to = entry.Seq;
        }
        _cursor = to;
        return Batch("changes", _told, to, items);
    }

    private LiveBatch Told(LiveBatch batch)
    {
        _told = batch.To;
        return batch;
    }

    // All the caller's units at first, after a snapshot and when ticks were missed (even where there are none), else those that moved.
    private IEnumerable<LiveBatch> Units()
    {
        var moves = positions.Moves;
        if (moves.Tick == _tick || moves.Tick == 0) return [];
        var (items, whole) = (new List<byte[]>(), false);
        if (moves.Tick == _tick + 1 && _tick > 0)
        {
            foreach (var unit in moves.Moved) Tell(unit);
            foreach (var id in moves.Gone.Where(_shownUnits.Remove)) items.Add(LiveJson.Drop(Topic.Positions, id));
            _tick = moves.Tick;
        }
        else if (positions.All() is var (tick, units))
        {
            foreach (var unit in units) Tell(unit);
            foreach (var id in _shownUnits.Except(units.Select(u => u.Id)).ToList())
            {
                _shownUnits.Remove(id);
                items.Add(LiveJson.Drop(Topic.Positions, id));
            }
            (_tick, whole) = (tick, true);
        }
        return Frames(items, atLeastOne: whole).Select(frame => Batch("positions", _told, _told, frame.Items) with { More = whole && frame.More });

        void Tell(LiveItem unit)
        {
            if (_viewer.Shows(unit))
            {
                _shownUnits.Add(unit.Id);
                items.Add(unit.Put);
            }
            else if (_shownUnits.Remove(unit.Id)) items.Add(LiveJson.Drop(Topic.Positions, unit.Id));
        }
    }

    private async Task RenewRightsAsync(CancellationToken ct)
    {
        if (clock.GetElapsedTime(_rightsAt) < RightsEvery) return;
        _rightsAt = clock.GetTimestamp();
        try
        {
            var present = await callers.RefreshAsync(_caller, ct) ?? throw new HubException("The session has ended: sign in again.");
            LiveHub.RefuseTopicsOf(present, query);
            if (present.Role != _caller.Role || !present.Scopes.SequenceEqual(_caller.Scopes)) _drawn = default;
            _caller = present;
        }
        catch (DbException)
        {
            // Without the database nobody's rights can change either, and without it no beat is sent: asked again at the next turn.
        }
    }

    private LiveBatch Batch(string kind, long? from, long to, IReadOnlyList<byte[]> items) => new(kind, _epoch, _view, from, to, log.At, More: false, items);

    private static IEnumerable<(List<byte[]> Items, bool More)> Frames(List<byte[]> items, bool atLeastOne)
    {
        if (items.Count == 0 && atLeastOne) yield return (items, false);
        for (int start = 0, end; start < items.Count; start = end)
        {
            var bytes = 0;
            for (end = start; end < items.Count && (end == start || bytes + items[end].Length <= FrameBytes); end++) bytes += items[end].Length + 1;
            yield return (items.GetRange(start, end - start), end < items.Count);
        }
    }
}
