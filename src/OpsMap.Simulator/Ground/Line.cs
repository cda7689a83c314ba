namespace OpsMap.Simulator.Ground;

/// <summary>A polyline with its chainage: metres from its start at each vertex. At least two vertices.</summary>
sealed class Line
{
    readonly Spot[] spots;
    readonly double[] chainage;

    public Line(IReadOnlyList<Spot> vertices)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vertices.Count, 2);
        spots = [.. vertices];
        chainage = new double[spots.Length];
        for (int i = 1; i < spots.Length; i++) chainage[i] = chainage[i - 1] + spots[i - 1].MetersTo(spots[i]);
    }

    public double LengthMeters => chainage[^1];
    public IReadOnlyList<Spot> Spots => spots;
    public Spot Start => spots[0];
    public Spot End => spots[^1];

    public Spot At(double meters)
    {
        if (meters <= 0) return Start;
        if (meters >= LengthMeters) return End;
        int found = Array.BinarySearch(chainage, meters);
        int before = found >= 0 ? Math.Min(found, spots.Length - 2) : ~found - 1;
        double span = chainage[before + 1] - chainage[before];
        return span <= 0 ? spots[before] : spots[before].Toward(spots[before + 1], (meters - chainage[before]) / span);
    }

    /// <summary>The direction at a chainage, seen over <paramref name="reachMeters"/> to both sides, so that a corner becomes a curve.</summary>
    public double HeadingAt(double meters, double reachMeters)
    {
        var behind = At(Math.Max(0, meters - reachMeters));
        var ahead = At(Math.Min(LengthMeters, meters + reachMeters));
        return behind.HeadingTo(ahead);
    }

    /// <summary>The chainage of the nearest point and how far off it is.</summary>
    public (double ChainageMeters, double OffMeters) Nearest(Spot to)
    {
        var best = (0.0, double.MaxValue);
        for (int i = 1; i < spots.Length; i++)
        {
            var (x, y) = spots[i - 1].OffsetTo(spots[i]);
            var (px, py) = spots[i - 1].OffsetTo(to);
            double squared = x * x + y * y;
            double part = squared <= 0 ? 0 : Math.Clamp((px * x + py * y) / squared, 0, 1);
            double off = Math.Sqrt(Math.Pow(px - part * x, 2) + Math.Pow(py - part * y, 2));
            if (off < best.Item2) best = (chainage[i - 1] + part * (chainage[i] - chainage[i - 1]), off);
        }
        return best;
    }

    /// <summary>The piece between two chainages, walked from the first to the second (backwards when that is smaller).</summary>
    public Line Between(double fromMeters, double toMeters)
    {
        double low = Math.Clamp(Math.Min(fromMeters, toMeters), 0, LengthMeters), high = Math.Clamp(Math.Max(fromMeters, toMeters), 0, LengthMeters);
        var piece = new List<Spot> { At(low) };
        for (int i = 0; i < spots.Length; i++)
            if (chainage[i] > low && chainage[i] < high) piece.Add(spots[i]);
        piece.Add(At(high));
        if (fromMeters > toMeters) piece.Reverse();
        return new Line(piece);
    }
}
