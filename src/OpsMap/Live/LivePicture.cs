namespace OpsMap.Live;

/// <summary>What the log has led to, in memory, and its last <see cref="RingSize"/> changes. Written by the tail alone, read by every client.</summary>
sealed class LivePicture
{
    public const int RingSize = 10_000;

    private readonly Lock _gate = new();
    private readonly LiveEntry[] _ring = new LiveEntry[RingSize];
    private Dictionary<long, LiveItem>[] _items = Empty();
    private readonly LiveItem[]?[] _arrays = new LiveItem[Enum.GetValues<Topic>().Length][];
    private LiveSlice? _lastSlice;
    private LiveState _state = new(Guid.Empty, 0, 0, 0, 0);
    private long _oldest = 1, _areasAt;
    private AreaTree? _tree;

    public LiveState State
    {
        get { lock (_gate) return _state; }
    }

    /// <summary>Puts another picture in place of the present one; every client begins anew.</summary>
    public void Replace(Guid epoch, long n, IEnumerable<LiveItem> items, IReadOnlyList<LiveEntry> recent)
    {
        var fresh = Empty();
        foreach (var item in items) fresh[(int)item.Topic][item.Id] = item;
        lock (_gate)
        {
            _items = fresh;
            Array.Clear(_arrays);
            Array.Clear(_ring);
            foreach (var entry in recent) _ring[entry.Seq % RingSize] = entry;
            _oldest = n - recent.Count + 1;
            _areasAt = recent.LastOrDefault(e => e.Topic == Topic.Areas)?.Seq ?? n - recent.Count;
            _lastSlice = null;
            _tree = null;
            _state = new(epoch, n, _state.Generation + 1, _state.AreasVersion + 1, fresh.Sum(t => t.Count));
        }
    }

    /// <summary>Applies the next changes, which follow on the last number without a hole.</summary>
    public void Apply(IReadOnlyList<LiveEntry> next)
    {
        lock (_gate)
        {
            var (n, areas) = (_state.N, _state.AreasVersion);
            foreach (var entry in next)
            {
                if (entry.Seq != ++n) throw new InvalidOperationException($"change {entry.Seq} does not follow on {n - 1}");
                _ring[n % RingSize] = entry.Topic is { } topic ? entry with { Before = Set(topic, entry.Id, entry.After) } : entry;
                if (entry.Topic == Topic.Areas) (areas, _areasAt) = (areas + 1, n);
            }
            if (areas != _state.AreasVersion) _tree = null;
            _oldest = Math.Max(_oldest, n - RingSize + 1);
            _state = _state with { N = n, AreasVersion = areas, Count = _items.Sum(t => t.Count) };
        }
    }

    private LiveItem? Set(Topic topic, long id, LiveItem? item)
    {
        var items = _items[(int)topic];
        var before = items.GetValueOrDefault(id);
        if (item is not null) items[id] = item;
        else items.Remove(id);
        _arrays[(int)topic] = null;
        return before;
    }

    /// <summary>Whether one can go on from this number: it is not too old and has been given.</summary>
    public bool Reaches(long seq)
    {
        lock (_gate) return seq >= _oldest - 1 && seq <= _state.N;
    }

    /// <summary>Whether the areas are still those of this number.</summary>
    public bool HasAreasOf(long seq)
    {
        lock (_gate) return seq >= _areasAt;
    }

    /// <summary>The changes after a number, at most so many; null when that number is not in reach (too old, or not yet given).</summary>
    public LiveSlice? After(long seq, int most)
    {
        lock (_gate)
        {
            if (seq < _oldest - 1 || seq > _state.N) return null;
            if (_lastSlice is { } last && last.From == seq && (last.To == _state.N || last.Entries.Length == most)) return last;
            var entries = new LiveEntry[Math.Min(most, _state.N - seq)];
            for (var i = 0; i < entries.Length; i++) entries[i] = _ring[(seq + 1 + i) % RingSize];
            return _lastSlice = new LiveSlice(seq, seq + entries.Length, entries);
        }
    }

    /// <summary>The whole picture of some topics as of one number.</summary>
    public (LiveState State, LiveItem[][] Items) Snapshot(IEnumerable<Topic> topics)
    {
        lock (_gate) return (_state, [.. topics.Select(t => _arrays[(int)t] ??= [.. _items[(int)t].Values])]);
    }

    /// <summary>The areas' tree as of now.</summary>
    public AreaTree Tree
    {
        get { lock (_gate) return _tree ??= new AreaTree(_items[(int)Topic.Areas].Values); }
    }

    private static Dictionary<long, LiveItem>[] Empty() => [.. Enum.GetValues<Topic>().Select(_ => new Dictionary<long, LiveItem>())];
}

/// <summary>Where the picture stands.</summary>
/// <param name="N">The last number applied.</param>
/// <param name="Generation">Grows with each load: numbers of an older one cannot be gone on from.</param>
/// <param name="AreasVersion">Grows with each change of the areas, on which an areas filter hangs.</param>
readonly record struct LiveState(Guid Epoch, long N, int Generation, int AreasVersion, int Count);

/// <summary>The changes of (From, To].</summary>
sealed record LiveSlice(long From, long To, LiveEntry[] Entries);

/// <summary>Who is above whom, by code; codes that stand at several levels count for all of them.</summary>
sealed class AreaTree
{
    private readonly ILookup<string, string> _up, _down;

    public AreaTree(IEnumerable<LiveItem> areas)
    {
        var pairs = areas.Where(a => a.Parent is not null && a.Areas is [_]).Select(a => (Code: a.Areas?[0] ?? "", Parent: a.Parent ?? "")).ToList();
        _up = pairs.ToLookup(p => p.Code, p => p.Parent);
        _down = pairs.ToLookup(p => p.Parent, p => p.Code);
    }

    /// <summary>These areas, all inside them and all around them.</summary>
    public HashSet<string> Related(IEnumerable<string> codes)
    {
        var (own, related) = (codes.ToArray(), new HashSet<string>());
        foreach (var lookup in new[] { _up, _down })
        {
            var seen = new HashSet<string>(own);
            var next = new Queue<string>(own);
            while (next.TryDequeue(out var code))
                foreach (var other in lookup[code])
                    if (seen.Add(other)) next.Enqueue(other);
            related.UnionWith(seen);
        }
        return related;
    }
}
