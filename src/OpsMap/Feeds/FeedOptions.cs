using System.ComponentModel.DataAnnotations;

namespace OpsMap.Feeds;

/// <summary>How much one feed may send. The defaults run.</summary>
sealed class FeedOptions
{
    /// <summary>Bytes of one body.</summary>
    [Range(1024, 1 << 26)]
    public int MostBytes { get; init; } = 8 << 20;

    /// <summary>Items of one body.</summary>
    [Range(1, 100_000)]
    public int MostItems { get; init; } = 5000;

    [Range(0.1, 1_000_000)]
    public double RequestsPerSecond { get; init; } = 500;

    /// <summary>Requests at once after a quiet time.</summary>
    [Range(1, 1_000_000)]
    public int Burst { get; init; } = 1000;
}
