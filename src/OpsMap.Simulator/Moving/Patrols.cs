using OpsMap.Simulator.Ground;
using OpsMap.Simulator.Wire;

namespace OpsMap.Simulator.Moving;

/// <summary>Sends where the units on duty are, all in one request every two seconds. What could not be sent is not sent later: only where they are now matters.</summary>
sealed class Patrols(Server server, City city, int seed, TimeProvider clock)
{
    const string Feed = "units";
    static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    public async Task RunAsync(CancellationToken ct)
    {
        var patrollers = Patrollers();
        if (patrollers.Count == 0) return;
        using var timer = new PeriodicTimer(Every, clock);
        for (long tick = 0; await timer.WaitForNextTickAsync(ct); tick++)
        {
            if (!server.HasKey(Feed)) continue;
            var now = clock.GetUtcNow();
            var fixes = patrollers.Select(patroller => patroller.Tick(now, tick)).OfType<Fix>().ToList();
            if (fixes.Count > 0) await server.SendFixesAsync(Feed, fixes, ct);
        }
    }

    List<Patroller> Patrollers()
    {
        var beats = new Dictionary<string, Beat>();
        var patrollers = new List<Patroller>();
        for (int i = 0; i < city.Units.Count; i++)
        {
            var unit = city.Units[i];
            // A unit of the whole city, or of a street that this edition does not know, is given a street to walk in.
            var street = city.Find(unit.Street) ?? city.Streets[Chance.Seed(unit.Code) % city.Streets.Count];
            if (!beats.TryGetValue(street.Code, out var beat)) beats[street.Code] = beat = new Beat(city, street);
            patrollers.Add(new Patroller(unit, beat, seed));
        }
        return patrollers;
    }
}
