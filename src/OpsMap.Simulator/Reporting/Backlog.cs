using OpsMap.Simulator.Wire;

namespace OpsMap.Simulator.Reporting;

/// <summary>The last day's reports for a city that has none yet.</summary>
sealed class Backlog(Server server, ReportWriter writer, Random random, TimeProvider clock)
{
    const int Count = 250;
    const int BatchSize = 100;
    static readonly TimeSpan Reach = TimeSpan.FromHours(20);

    /// <summary>False when the city has reports already, or nobody could ask.</summary>
    public async Task<bool> SendToAnEmptyCityAsync(CancellationToken ct)
    {
        if (!writer.HasFeeds || server.Accounts.FirstOf("operator") is not { } reader) return false;
        var list = await server.GetAsync(reader, "/api/incidents?limit=1", Messages.Default.IncidentList, ct);
        if (list is not { Total: 0 }) return false;

        var now = clock.GetUtcNow();
        foreach (var batch in Rhythm.Spread(now - Reach, now, Count, random).Select(writer.WriteNew).Chunk(BatchSize))
            foreach (var feed in batch.GroupBy(one => one.Feed))
                await server.SendReportsAsync(feed.Key, [.. feed.Select(one => one.Report)], ct);
        return true;
    }
}
