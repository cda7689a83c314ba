using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace OpsMap.Feeds;

/// <summary>A bucket of requests for each feed, so that a storm of one leaves the others alone.</summary>
sealed class FeedGate(IOptions<FeedOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<long, Bucket> _buckets = new();

    /// <summary>Takes one request from the feed's bucket; how long to wait when it is empty, null when it may pass.</summary>
    public TimeSpan? Wait(long feedId)
    {
        var (rate, burst, now) = (options.Value.RequestsPerSecond, options.Value.Burst, clock.GetTimestamp());
        var bucket = _buckets.GetOrAdd(feedId, _ => new Bucket { Tokens = burst, At = now });
        lock (bucket)
        {
            bucket.Tokens = Math.Min(burst, bucket.Tokens + clock.GetElapsedTime(bucket.At, now).TotalSeconds * rate);
            bucket.At = now;
            if (bucket.Tokens < 1) return TimeSpan.FromSeconds((1 - bucket.Tokens) / rate);
            bucket.Tokens--;
            return null;
        }
    }

    private sealed class Bucket
    {
        public double Tokens;
        public long At;
    }
}
