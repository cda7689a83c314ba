using System.Collections.Concurrent;
using OpsMap.People;

namespace OpsMap.Audit;

/// <summary>Puts on record what the rights table refused: once a minute for each caller and operation, so that whoever asks without end does not fill the record. By node.</summary>
sealed class Refusals(AuditLog audit, TimeProvider clock)
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private const int MostKept = 10_000, LongestPath = 200;

    private readonly ConcurrentDictionary<(string Actor, Operation Operation), DateTimeOffset> _noted = new();

    /// <summary>Whether this refusal is on record now; false when another like it was noted within the minute.</summary>
    /// <remarks>Not to be cancelled: whoever hangs up after asking has asked all the same.</remarks>
    public async Task<bool> NoteAsync(Caller caller, Operation operation, HttpRequest request)
    {
        var (key, now) = ((caller.Actor, operation), clock.GetUtcNow());
        if (!Turn(key, now)) return false;
        try
        {
            var path = request.Path.ToUriComponent(); // plain ASCII, whatever was asked for
            await audit.AddAsync(AuditRow.Refused(caller, operation, path.Length > LongestPath ? path[..LongestPath] : path) with { Detail = new { request.Method } }, CancellationToken.None);
            return true;
        }
        catch
        {
            _noted.TryRemove(key, out _); // nothing was written: the next one is the first
            throw;
        }
    }

    // Of two at once only one has the turn.
    private bool Turn((string, Operation) key, DateTimeOffset now)
    {
        if (_noted.Count > MostKept)
            foreach (var (old, at) in _noted)
                if (now - at >= Every) _noted.TryRemove(old, out _);
        return _noted.TryGetValue(key, out var last) ? now - last >= Every && _noted.TryUpdate(key, now, last) : _noted.TryAdd(key, now);
    }
}
