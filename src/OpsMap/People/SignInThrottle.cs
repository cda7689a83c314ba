namespace OpsMap.People;

/// <summary>Slows down guessing of passwords. Counted in memory, by node.</summary>
/// <remarks>
/// One account from one address: 10 failures in 5 minutes. That alone cannot keep an owner out who sits elsewhere, nor a colleague at the same address.
/// Many accounts from one address, or one account from many addresses: 100; there an account that has signed in from the address before goes on undisturbed.
/// </remarks>
sealed class SignInThrottle(TimeProvider clock)
{
    public const int PairLimit = 10, WideLimit = 100;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Trusted = TimeSpan.FromDays(7);
    private const int MostKept = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<DateTimeOffset>> _failures = [];
    private readonly Dictionary<string, DateTimeOffset> _succeeded = [];

    /// <summary>How long to wait before the next attempt; null when it may be made now.</summary>
    public TimeSpan? WaitOf(string account, string address)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var wait = Full(Pair(account, address), PairLimit, now);
            if (_succeeded.TryGetValue(Pair(account, address), out var at) && now - at <= Trusted) return wait;
            return wait ?? Full(Account(account), WideLimit, now) ?? Full(Address(address), WideLimit, now);
        }
    }

    public void Failed(string account, string address)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_failures.Count > MostKept) Sweep(now);
            foreach (var key in new[] { Pair(account, address), Account(account), Address(address) })
            {
                if (!_failures.TryGetValue(key, out var times)) _failures[key] = times = [];
                times.RemoveAll(t => now - t >= Window);
                times.Add(now);
            }
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

    private TimeSpan? Full(string key, int limit, DateTimeOffset now)
    {
        if (!_failures.TryGetValue(key, out var times)) return null;
        times.RemoveAll(t => now - t >= Window);
        return times.Count >= limit ? times[^limit] + Window - now : null;
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var (key, _) in _failures.Where(f => f.Value.TrueForAll(t => now - t >= Window)).ToList()) _failures.Remove(key);
        foreach (var (key, _) in _succeeded.Where(s => now - s.Value > Trusted).ToList()) _succeeded.Remove(key);
    }
}
