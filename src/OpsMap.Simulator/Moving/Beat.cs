using OpsMap.Simulator.Ground;

namespace OpsMap.Simulator.Moving;

/// <summary>The ground of one street's units: the street itself, its boundary lines, and the water to keep out of. Shared by its units, never changed.</summary>
sealed class Beat
{
    const double CheckEveryMeters = 40;
    const double LongestShortcutMeters = 400;
    readonly City city;
    readonly Street street;
    readonly (double East, double North) grain;

    public Beat(City city, Street street)
    {
        this.city = city;
        this.street = street;
        Lines = [.. city.Edges.Where(edge => edge.Left == street.Code || edge.Right == street.Code).SelectMany(city.DryParts).Select(edge => edge.Line)];
        double bearing = Chance.Of(Chance.Seed(street.Code)) * Math.PI / 2; // blocks of one street lie in one direction
        grain = (Math.Sin(bearing), Math.Cos(bearing));
    }

    public IReadOnlyList<Line> Lines { get; }

    public Spot Home(Random random) => Inside(random) ?? street.Label;

    public Spot? Inside(Random random) => street.Region.RandomInside(random, spot => !city.OnWater(spot));

    /// <summary>The nearest boundary line, where on it, and how far off; null when the street has none.</summary>
    public (Line Line, double ChainageMeters, double OffMeters)? NearestLine(Spot from, Line? other = null)
    {
        (Line, double, double Off)? best = null;
        foreach (var line in Lines)
        {
            if (line == other) continue;
            var (chainage, off) = line.Nearest(from);
            if (best is null || off < best.Value.Off) best = (line, chainage, off);
        }
        return best;
    }

    /// <summary>A way round one corner, along the grain of the street's blocks, that stays inside and dry; else, when it is not far, the straight one; null when there is neither.</summary>
    public Line? Way(Spot from, Spot to)
    {
        var (x, y) = from.OffsetTo(to);
        double along = x * grain.East + y * grain.North;
        var first = from.Moved(along * grain.East, along * grain.North);
        var second = from.Moved(x - along * grain.East, y - along * grain.North);
        foreach (var corner in (ReadOnlySpan<Spot>)[first, second])
            if (Holds(corner) && Open(from, corner) && Open(corner, to)) return new Line([from, corner, to]);
        return from.MetersTo(to) < LongestShortcutMeters && Open(from, to) ? new Line([from, to]) : null;
    }

    /// <summary>Inside the street and dry.</summary>
    public bool Holds(Spot spot) => street.Region.Contains(spot) && !city.OnWater(spot);

    /// <summary>Whether one can go straight. The ends do not count: they may lie on the boundary itself.</summary>
    bool Open(Spot from, Spot to)
    {
        int parts = (int)(from.MetersTo(to) / CheckEveryMeters) + 1;
        for (int i = 1; i < parts; i++)
            if (!Holds(from.Toward(to, (double)i / parts))) return false;
        return true;
    }
}
