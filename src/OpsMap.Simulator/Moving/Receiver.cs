using OpsMap.Simulator.Ground;

namespace OpsMap.Simulator.Moving;

/// <summary>A satellite receiver among buildings: its error wanders slowly (first-order Gauss-Markov) rather than jumping, a few metres off.</summary>
sealed class Receiver(int seed)
{
    const double SigmaMeters = 3;
    const double MemorySeconds = 25;
    readonly Random random = new(seed);
    double east, north;

    public (Spot Spot, double AccuracyMeters) Read(Spot truth, TimeSpan sinceLast)
    {
        double kept = Math.Exp(-sinceLast.TotalSeconds / MemorySeconds), fresh = SigmaMeters * Math.Sqrt(1 - kept * kept);
        east = east * kept + fresh * random.Normal();
        north = north * kept + fresh * random.Normal();
        return (truth.Moved(east, north), Math.Round(Math.Clamp(3 + Math.Abs(east + north) / 2 + random.NextDouble(), 3, 8), 1));
    }
}
