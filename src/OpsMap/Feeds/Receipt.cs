namespace OpsMap.Feeds;

/// <summary>The answer to a feed's POST. <c>ids</c> holds one entry per input, null where it was rejected.</summary>
sealed record Receipt(int Accepted, int Duplicates, IReadOnlyList<Rejection> Rejected, IReadOnlyList<long?> Ids);

/// <summary>An item that was not taken.</summary>
/// <param name="SourceId">The sender's id where it could be read (of a fix: its unit).</param>
sealed record Rejection(int Index, string? SourceId, string Reason, string Detail);

/// <summary>Gathers what became of each item of one body.</summary>
sealed class Tally(IReadOnlyList<FeedItem> items)
{
    private readonly long?[] _ids = new long?[items.Count];
    private readonly List<Rejection> _rejected = [];

    public int Accepted { get; private set; }

    public int Duplicates { get; private set; }

    public void Accept(int index, long? id)
    {
        Accepted++;
        _ids[index] = id;
    }

    public void Repeat(int index, long? id)
    {
        Duplicates++;
        _ids[index] = id;
    }

    public void Reject(int index, string? sourceId, Refusal refusal) => _rejected.Add(new(index, sourceId, refusal.Reason, refusal.Detail));

    public Receipt Receipt() => new(Accepted, Duplicates, [.. Rejected], _ids);

    /// <summary>In the order of the body.</summary>
    public IEnumerable<Rejection> Rejected => _rejected.OrderBy(r => r.Index);

    /// <summary>The rejected items with their text as it came.</summary>
    public IReadOnlyList<(Rejection Rejection, string Body)> Kept() => [.. Rejected.Select(r => (r, items[r.Index].Text()))];
}
