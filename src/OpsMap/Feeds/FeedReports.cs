using OpsMap.Incidents;

namespace OpsMap.Feeds;

/// <summary>The incidents of one body: parse each, store those whose keys are new, and say what became of every one.</summary>
sealed class FeedReports(Intake intake, Gatherer gatherer, ReportStore store, TimeProvider clock)
{
    /// <summary>What became of each item. Safe to repeat: what was stored the first time is a duplicate the second.</summary>
    public async Task<Tally> TakeAsync(long feedId, IReadOnlyList<FeedItem> items, CancellationToken ct)
    {
        var tally = new Tally(items);
        var read = new List<(int Index, Report Report)>(items.Count);
        for (var index = 0; index < items.Count; index++)
        {
            var (report, sourceId, refused) = Report.Read(items[index], feedId, clock.GetUtcNow());
            if (report is not null) read.Add((index, report));
            else if (refused is not null) tally.Reject(index, sourceId, refused);
        }
        if (read.Count > 0) await SettleAsync(feedId, read, tally, ct);
        return tally;
    }

    private async Task SettleAsync(long feedId, List<(int Index, Report Report)> read, Tally tally, CancellationToken ct)
    {
        Report[] first = [.. read.Select(r => r.Report).DistinctBy(r => r.SourceId)];
        var leading = first.ToHashSet(ReferenceEqualityComparer.Instance);
        var stored = (first.Length <= Gatherer.Small ? await gatherer.StoreAsync(first).WaitAsync(ct) : await intake.StoreAsync(first, null, ct)).ToDictionary(s => s.SourceId ?? "");
        string[] older = [.. first.Select(r => r.SourceId ?? "").Where(id => !stored.ContainsKey(id))];
        var known = older.Length == 0 ? [] : (await store.FindAsync(feedId, older, ct)).ToDictionary(s => s.SourceId ?? "");
        foreach (var (index, report) in read)
        {
            var sourceId = report.SourceId ?? "";
            if (stored.TryGetValue(sourceId, out var fresh) && leading.Contains(report)) tally.Accept(index, fresh.Id);
            else if ((fresh ?? known[sourceId]) is var there && (report.Hash ?? []).AsSpan().SequenceEqual(there.Hash)) tally.Repeat(index, there.Id);
            else tally.Reject(index, sourceId, Conflict(report, there));
        }
    }

    private static Refusal Conflict(Report report, StoredReport there) => new("conflict",
        $"source_id '{report.SourceId}' was sent before with another body and stands as incident {there.Id} (digest {Digest(there.Hash)}, this one {Digest(report.Hash)}): the first is kept; send a new report under a new source_id");

    private static string Digest(byte[]? hash) => Convert.ToHexStringLower(hash ?? [])[..12];
}
