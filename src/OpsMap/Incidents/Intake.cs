using OpsMap.People;

namespace OpsMap.Incidents;

/// <summary>From reports to rows: whose is each, then one statement that stores those that are new.</summary>
sealed class Intake(ResponsibilityStore responsibility, ReportStore reports, TimeProvider clock)
{
    private const int MostTries = 5;

    /// <summary>Stores the reports whose keys are new and returns what was stored. Judged again when another edition comes into force meanwhile.</summary>
    /// <param name="person">Who files them by hand, for the audit row; null for a feed's.</param>
    public async Task<List<StoredReport>> StoreAsync(IReadOnlyList<Report> fresh, Caller? person, CancellationToken ct)
    {
        for (var tries = 1; tries <= MostTries; tries++)
        {
            var now = clock.GetUtcNow();
            var around = await responsibility.AroundAsync([.. fresh.Select(Point)], "street", now, ct);
            if (await reports.InsertAsync(fresh.Select((r, i) => Judge(r, around, i)), around.Edition?.Id, now, person, ct) is { } stored) return stored;
        }
        throw new InvalidOperationException($"the edition in force changed {MostTries} times while one batch was judged");
    }

    private static (double Lon, double Lat)? Point(Report report) => report.Place is { } place ? (place.Lon, place.Lat) : null;

    private static JudgedReport Judge(Report report, Surroundings around, int index)
    {
        var decision = report.Place is null ? Responsibility.Unlocated(around.Edition)
            : around.Edition is not { } edition ? Responsibility.NoEdition
            : Responsibility.Decide(around.Near[index], around.Committees, edition);
        var scopes = Responsibility.Streets(decision, around.Committees).Select(code => $"street:{code}");
        return new(report, decision, [.. scopes, .. report.ReporterId is { } user ? [$"user:{user}"] : Array.Empty<string>()]);
    }
}
