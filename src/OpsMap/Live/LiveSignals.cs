using System.Collections.Concurrent;
using System.Threading.Channels;

namespace OpsMap.Live;

/// <summary>Wakes one client; set twice it wakes once.</summary>
sealed class LiveSignal(Action<LiveSignal> dispose) : IDisposable
{
    private readonly Channel<bool> _slot = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Set() => _slot.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken ct) => await _slot.Reader.ReadAsync(ct);

    public void Dispose() => dispose(this);
}

/// <summary>The signals of all clients of this node.</summary>
sealed class LiveSignals
{
    private readonly ConcurrentDictionary<LiveSignal, bool> _all = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public LiveSignal Add()
    {
        var signal = new LiveSignal(gone =>
        {
            if (_all.TryRemove(gone, out _)) Interlocked.Decrement(ref _count);
        });
        if (_all.TryAdd(signal, true)) Interlocked.Increment(ref _count);
        signal.Set();
        return signal;
    }

    public void Set()
    {
        foreach (var (signal, _) in _all) signal.Set();
    }
}
