using Microsoft.Extensions.Hosting;

namespace OpsMap.Feeds;

/// <summary>What a feed sent since the last flush.</summary>
sealed record Counts(DateTimeOffset LastAt, long Accepted, long Duplicates, long Rejected)
{
    public Counts Plus(Counts more) => new(more.LastAt > LastAt ? more.LastAt : LastAt, Accepted + more.Accepted, Duplicates + more.Duplicates, Rejected + more.Rejected);
}

/// <summary>Sums each feed's counters in memory and writes them every five seconds: a busy feed costs one change in that time, not one a report.
/// What a killed node had not yet written is missing from the counters, never from the reports.</summary>
sealed class FeedHealth(FeedStore feeds, TimeProvider clock, ILogger<FeedHealth> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Dictionary<long, Counts> _sums = [];

    public void Count(long feedId, int accepted, int duplicates, int rejected)
    {
        var more = new Counts(clock.GetUtcNow(), accepted, duplicates, rejected);
        lock (_gate) _sums[feedId] = _sums.TryGetValue(feedId, out var sum) ? sum.Plus(more) : more;
    }

    /// <summary>Writes what was summed up; keeps it for the next time when the database does not take it.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        Dictionary<long, Counts> sums;
        lock (_gate) (sums, _sums) = (_sums, []);
        if (sums.Count == 0) return;
        try
        {
            await feeds.CountAsync([.. sums.Select(s => (s.Key, s.Value))], ct);
        }
        catch
        {
            lock (_gate)
                foreach (var (feed, sum) in sums)
                    _sums[feed] = _sums.TryGetValue(feed, out var newer) ? newer.Plus(sum) : sum;
            throw;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await TryFlushAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await TryFlushAsync(CancellationToken.None);
        }
    }

    private async Task TryFlushAsync(CancellationToken ct)
    {
        try
        {
            await FlushAsync(ct);
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or TimeoutException)
        {
            log.LogWarning("feed counters wait for the database: {Reason}", e.Message);
        }
    }
}
