using OpsMap.Web;

namespace OpsMap.Incidents;

/// <summary>Gathers small requests that arrive together into one transaction, because commits queue for the log's counter. Nobody waits for company: what comes
/// while two transactions are under way makes up the next, and each request is answered after its own reports are committed.</summary>
sealed class Gatherer(Intake intake)
{
    /// <summary>Requests with more reports than this go alone.</summary>
    public const int Small = 20;

    private const int MostReports = 200, MostAtOnce = 2;
    private readonly Lock _gate = new();
    private readonly Queue<Request> _waiting = [];
    private int _running;

    /// <summary>Stores those of the reports whose keys are new and returns them, as <see cref="Intake.StoreAsync"/> does.</summary>
    public Task<List<StoredReport>> StoreAsync(IReadOnlyList<Report> reports)
    {
        var request = new Request(reports, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            _waiting.Enqueue(request);
            if (_running == MostAtOnce) return request.Answer.Task;
            _running++;
        }
        _ = DrainAsync();
        return request.Answer.Task;
    }

    private async Task DrainAsync()
    {
        while (Next() is { } batch)
        {
            try
            {
                Answer(batch, await intake.StoreAsync(Distinct(batch), null, CancellationToken.None));
            }
            catch (Exception e) when (batch.Count > 1 && !Failures.IsDatabaseAway(e))
            {
                foreach (var request in batch) await AloneAsync(request); // one of them spoils the others: find out which
            }
            catch (Exception e)
            {
                foreach (var request in batch) request.Answer.TrySetException(e);
            }
        }
    }

    private List<Request>? Next()
    {
        lock (_gate)
        {
            var batch = new List<Request>();
            for (var reports = 0; _waiting.TryPeek(out var request) && (batch.Count == 0 || reports + request.Reports.Count <= MostReports); reports += request.Reports.Count) batch.Add(_waiting.Dequeue());
            if (batch.Count > 0) return batch;
            _running--;
            return null;
        }
    }

    private async Task AloneAsync(Request request)
    {
        try
        {
            request.Answer.TrySetResult(await intake.StoreAsync(request.Reports, null, CancellationToken.None));
        }
        catch (Exception e)
        {
            request.Answer.TrySetException(e);
        }
    }

    private static Report[] Distinct(List<Request> batch) => [.. batch.SelectMany(r => r.Reports).DistinctBy(Key)];

    /// <summary>A row belongs to the first request that brought its key; to the others the key was taken already.</summary>
    private static void Answer(List<Request> batch, List<StoredReport> stored)
    {
        var fresh = stored.ToDictionary(s => (s.FeedId, s.SourceId));
        foreach (var request in batch)
        {
            var own = new List<StoredReport>(request.Reports.Count);
            foreach (var report in request.Reports)
                if (fresh.Remove(Key(report), out var row)) own.Add(row);
            request.Answer.TrySetResult(own);
        }
    }

    private static (long? FeedId, string? SourceId) Key(Report report) => (report.FeedId, report.SourceId);

    private sealed record Request(IReadOnlyList<Report> Reports, TaskCompletionSource<List<StoredReport>> Answer);
}
