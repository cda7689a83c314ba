using System.Net;
using OpsMap.Simulator.Wire;

namespace OpsMap.Simulator.Handling;

/// <summary>The operations centre's staff: looks at the open cases every few seconds and takes the steps that are due, one after the other.</summary>
sealed class Desk(Server server, Dispatching dispatching, double speed, TimeProvider clock)
{
    const int PageSize = 500;
    const int MostPages = 4;
    const int MostMovesARound = 60;
    static readonly TimeSpan Round = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(120);
    static readonly TimeSpan ForbiddenFor = TimeSpan.FromMinutes(10);

    readonly Dictionary<long, Refused> refusals = [];
    readonly Dictionary<(string Role, string To), DateTimeOffset> forbidden = [];
    readonly Dictionary<string, Person> responders = [];
    bool respondersKnown;

    public async Task RunAsync(CancellationToken ct)
    {
        while (true)
        {
            var until = clock.GetUtcNow() + Round;
            if (await OpenCasesAsync(ct) is { } open)
            {
                double pace = CaseWorker.Pace(open.Count);
                var due = open.Select(one => (Case: one, At: CaseWorker.DueAt(one, pace, speed))).Where(one => one.At <= until).OrderBy(one => one.At);
                foreach (var (one, at) in due.Take(MostMovesARound))
                {
                    var wait = at - clock.GetUtcNow();
                    await Task.Delay(wait > Breath ? wait : Breath, clock, ct);
                    await WorkAsync(one, ct);
                }
            }
            var rest = until - clock.GetUtcNow();
            if (rest > TimeSpan.Zero) await Task.Delay(rest, clock, ct);
        }
    }

    /// <summary>Takes the steps that old reports would have gone through by now, without waiting, so that the map opens on a city at work.</summary>
    public async Task CatchUpAsync(CancellationToken ct)
    {
        for (int steps = 0; steps < CaseWorker.Open.Count; steps++)
        {
            if (await OpenCasesAsync(ct) is not { } open) return;
            foreach (var one in open.Where(one => CaseWorker.IsBehind(one, clock.GetUtcNow()))) await WorkAsync(one, ct);
        }
    }

    /// <summary>Null when there is nobody to ask as, or the server will not say.</summary>
    async Task<IReadOnlyList<Case>?> OpenCasesAsync(CancellationToken ct)
    {
        if (server.Accounts.FirstOf("operator") is not { } reader) return null;
        var open = new List<Case>();
        string cursor = "";
        for (int page = 0; page < MostPages; page++)
        {
            var list = await server.GetAsync(reader, $"/api/incidents?status={string.Join(',', CaseWorker.Open)}&limit={PageSize}{cursor}", Messages.Default.IncidentList, ct);
            if (list is null) return null;
            open.AddRange(list.Items.Select(Case.Of).OfType<Case>());
            string next = list.Next.ToString();
            if (next.Length == 0) break;
            cursor = $"&cursor={Uri.EscapeDataString(next)}";
        }
        var ids = open.Select(one => one.Id).ToHashSet();
        foreach (long gone in refusals.Keys.Where(id => !ids.Contains(id)).ToList()) refusals.Remove(gone);
        return open;
    }

    /// <summary>Tries the next step of a case. After a refusal the case is looked at again in the next round, for somebody may have moved it meanwhile.</summary>
    async Task WorkAsync(Case one, CancellationToken ct)
    {
        foreach (var step in CaseWorker.Next(one, dispatching.UnitFor(one), refusals.GetValueOrDefault(one.Id)))
        {
            if (forbidden.TryGetValue((step.Role, step.To), out var until) && clock.GetUtcNow() < until) continue;
            if (await PersonForAsync(step, one, ct) is not { } person) continue;
            if (await server.MoveAsync(person, one.Id, new Transition(step.To, step.Unit, step.Reason, step.Note), ct) is not { } answer) continue;
            if (answer.Status == HttpStatusCode.Forbidden)
            {
                forbidden[(step.Role, step.To)] = clock.GetUtcNow() + ForbiddenFor;
                continue;
            }
            if ((int)answer.Status >= 400) Remember(one, step, answer.Detail);
            return;
        }
    }

    void Remember(Case one, Move step, string? detail)
    {
        if (!refusals.TryGetValue(one.Id, out var refused) || refused.Version != one.Version) refusals[one.Id] = refused = new Refused(one.Version);
        refused.Steps.Add((step.Role, step.To));
        refused.Named.UnionWith(CaseWorker.Named(detail));
    }

    async Task<Person?> PersonForAsync(Move step, Case one, CancellationToken ct)
    {
        if (step.Role != "responder") return server.Accounts.FirstOf(step.Role);
        if (!respondersKnown) await LearnRespondersAsync(ct);
        return one.Unit is { } unit ? responders.GetValueOrDefault(unit) : null;
    }

    /// <summary>The accounts file does not say whose responder somebody is; the session does.</summary>
    async Task LearnRespondersAsync(CancellationToken ct)
    {
        foreach (var person in server.Accounts.People.Where(person => person.Role == "responder").Take(20))
            if (await server.GetAsync(person, "/api/session", Messages.Default.SessionInfo, ct) is { Unit: { } unit }) responders.TryAdd(unit, person);
        respondersKnown = true;
    }
}
