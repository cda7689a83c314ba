namespace OpsMap.People;

/// <summary>Slows down guessing of passwords. Counted in memory, by node.</summary>
/// <remarks>
/// One account from one address: 10 failures in 5 minutes. That alone cannot keep an owner out who sits elsewhere, nor a colleague at the same address.
/// Many accounts from one address, or one account from many addresses: 30; there an account that has signed in from the address before goes on undisturbed.
/// </remarks>
sealed class SignInThrottle(TimeProvider clock)
{
    public const int PairLimit = 10, WideLimit = 30;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Trusted = TimeSpan.FromDays(7);
    private const int MostKept = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<DateTimeOffset>> _failures = [];
    private readonly Dictionary<string, DateTimeOffset> _succeeded = [];

    /// <summary>Null when the attempt may be made: it counts as failed until <see cref="Succeeded"/>, so that parallel guesses gain nothing. Otherwise how long to wait.</summary>
    public TimeSpan? Enter(string account, string address)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_failures.Count > MostKept) Sweep(now);
            var wait = Full(Pair(account, address), PairLimit, now);
            if (!_succeeded.TryGetValue(Pair(account, address), out var at) || now - at > Trusted)
                wait ??= Full(Account(account), WideLimit, now) ?? Full(Address(address), WideLimit, now);
            if (wait is null) Recent(Pair(account, address), now).Add(now);
            return wait;
        }
    }

    public void Failed(string account, string address)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            Recent(Account(account), now).Add(now);
            Recent(Address(address), now).Add(now);
        }
    }

    public void Succeeded(string account, string address)
    {
        lock (_lock)
        {
            _failures.Remove(Pair(account, address));
            _succeeded[Pair(account, address)] = clock.GetUtcNow();
        }
    }

    private static string Pair(string account, string address) => $"{account.ToLowerInvariant()}\n{address}";

    private static string Account(string account) => $"account {account.ToLowerInvariant()}";

    private static string Address(string address) => $"address {address}";

    private TimeSpan? Full(string key, int limit, DateTimeOffset now) => Recent(key, now) is { } times && times.Count >= limit ? times[^limit] + Window - now : null;

    private List<DateTimeOffset> Recent(string key, DateTimeOffset now)
    {
        if (!_failures.TryGetValue(key, out var times)) _failures[key] = times = [];
        times.RemoveAll(t => now - t >= Window);
        return times;
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var (key, _) in _failures.Where(f => f.Value.TrueForAll(t => now - t >= Window)).ToList()) _failures.Remove(key);
        foreach (var (key, _) in _succeeded.Where(s => now - s.Value > Trusted).ToList()) _succeeded.Remove(key);
    }
}
