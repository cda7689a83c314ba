namespace OpsMap.Simulator.Wire;

/// <summary>
/// Says once that the server went away and once that it is back, whichever loop notices first.
/// One failure by itself is a connection that broke, and a server that has not come up yet is not away.
/// </summary>
sealed class Reachability(Action<string> say)
{
    const int FailuresInARow = 2;
    readonly Lock gate = new();
    bool reachedOnce;
    int failures;

    public void Reached()
    {
        lock (gate)
        {
            if (failures >= FailuresInARow && reachedOnce) say("the server is back");
            failures = 0;
            reachedOnce = true;
        }
    }

    public void Lost(string why)
    {
        lock (gate)
        {
            if (++failures == FailuresInARow && reachedOnce) say($"the server is away ({why}); trying again until it answers");
        }
    }
}
