using OpsMap.Simulator.Wire;

namespace OpsMap.Simulator.Reporting;

/// <summary>Sends each report when its time comes. While the server is away reports gather, as they would in the systems that send them, and go out together afterwards.</summary>
sealed class Reporter(Server server, ReportWriter writer, double speed, Random random, TimeProvider clock)
{
    const int MostAtOnce = 100;
    static readonly TimeSpan Backlog = TimeSpan.FromMinutes(10);

    public async Task RunAsync(CancellationToken ct)
    {
        if (!writer.HasFeeds) return;
        var next = Rhythm.NextAfter(clock.GetUtcNow(), speed, random);
        while (true)
        {
            var now = clock.GetUtcNow();
            if (next > now) await Task.Delay(next - now, clock, ct);
            now = clock.GetUtcNow();
            if (next < now - Backlog) next = now - Backlog;
            var due = new List<Outgoing>();
            for (; next <= now && due.Count < MostAtOnce; next = Rhythm.NextAfter(next, speed, random)) due.Add(writer.Write(next));
            foreach (var feed in due.GroupBy(one => one.Feed))
                await server.SendReportsAsync(feed.Key, [.. feed.Select(one => one.Report)], ct);
        }
    }
}
