using OpsMap.People;

namespace OpsMap.Feeds;

/// <summary>An outside source and its health. Times UTC; <c>last_at</c> is null until it has sent something readable.</summary>
sealed record Feed(long Id, string Code, string Name, string Kind, DateTimeOffset? LastAt, long Accepted, long Duplicates, long Rejected)
{
    /// <summary>For the admin alone; null for everybody else.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FeedKey>? Keys { get; init; }
}

/// <summary>An item in quarantine.</summary>
sealed record Reject(long Id, DateTimeOffset ReceivedAt, int Index, string? SourceId, string Reason, string Detail, string Body);
