namespace OpsMap.Seeds;

/// <summary>One river: a smooth, gently winding centre line with a point about every <see cref="StepMeters"/>, and a width that varies a little.</summary>
sealed class River
{
    const double StepMeters = 120;
    const int Chunk = 16;

    readonly XY[] line;
    readonly (XY Low, XY High)[] boxes;

    public RiverFact Fact { get; }

    /// <summary>The centre line, downstream.</summary>
    public IReadOnlyList<XY> Line => line;

    public River(RiverFact fact, XY[] control, double meanderMeters, double wavelengthMeters)
    {
        Fact = fact;
        line = Wind([.. Smooth(control)], meanderMeters, wavelengthMeters);
        boxes = [.. Enumerable.Range(0, (line.Length - 2) / Chunk + 1).Select(Box)];
    }

    /// <summary>The nearest point of the centre line, how far it is, and whether <paramref name="p"/> lies left of it as seen downstream.</summary>
    public (double Distance, XY At, bool Left, int Segment) Nearest(XY p)
    {
        var best = (Distance: double.MaxValue, At: line[0], Left: true, Segment: 0);
        var first = 0;
        for (var b = 1; b < boxes.Length; b++)
            if (SquareToBox(p, boxes[b]) < SquareToBox(p, boxes[first])) first = b;
        NearestInBox(p, first, ref best);
        for (var b = 0; b < boxes.Length; b++)
            if (b != first && SquareToBox(p, boxes[b]) < best.Distance * best.Distance) NearestInBox(p, b, ref best);
        return best;
    }

    void NearestInBox(XY p, int box, ref (double Distance, XY At, bool Left, int Segment) best)
    {
        for (var i = box * Chunk; i < Math.Min((box + 1) * Chunk, line.Length - 1); i++)
        {
            var (a, d) = (line[i], line[i + 1] - line[i]);
            var at = a + d * Math.Clamp((p - a).Dot(d) / d.Dot(d), 0, 1);
            if (p.To(at) < best.Distance) best = (p.To(at), at, d.Cross(p - a) > 0, i);
        }
    }

    public bool IsClear(XY p, double meters)
    {
        var (distance, _, _, segment) = Nearest(p);
        return distance >= HalfWidth(segment) + meters;
    }

    /// <summary>From the centre line to either bank at a point of the line.</summary>
    public double HalfWidth(int point) => Fact.WidthMeters / 2 * (0.8 + 0.4 * Noise.At(line[point], Fact.WidthMeters * 4, salt: 3));

    /// <summary>Across the river at a point of the line, to the left.</summary>
    public XY Across(int point) => (line[Math.Min(point + 2, line.Length - 1)] - line[Math.Max(point - 2, 0)]).LeftNormal();

    /// <summary>A Catmull-Rom curve through the control points.</summary>
    static IEnumerable<XY> Smooth(XY[] c)
    {
        for (var i = 0; i + 1 < c.Length; i++)
        {
            var (p0, p1, p2, p3) = (c[Math.Max(i - 1, 0)], c[i], c[i + 1], c[Math.Min(i + 2, c.Length - 1)]);
            // Unit tangents: the far end points must not bend the spans beside them.
            var (m1, m2) = (Tangent(p0, p2), Tangent(p1, p3));
            var (span, steps) = (p1.To(p2), (int)(p1.To(p2) / StepMeters) + 1);
            for (var k = 0; k < steps; k++)
            {
                var t = (double)k / steps;
                yield return p1 * (2 * t * t * t - 3 * t * t + 1) + m1 * (span * (t * t * t - 2 * t * t + t))
                    + p2 * (3 * t * t - 2 * t * t * t) + m2 * (span * (t * t * t - t * t));
            }
        }
        yield return c[^1];
    }

    static XY Tangent(XY before, XY after) => (after - before) * (1 / before.To(after));

    /// <summary>Pushes each point sideways by smooth noise, less towards the last one, so that a mouth stays where it is.</summary>
    static XY[] Wind(XY[] line, double meander, double wavelength)
    {
        var wound = new XY[line.Length];
        double along = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (i > 0) along += line[i - 1].To(line[i]);
            var across = (line[Math.Min(i + 2, line.Length - 1)] - line[Math.Max(i - 2, 0)]).LeftNormal();
            var ease = Math.Min(1, line[i].To(line[^1]) / 2_000);
            wound[i] = line[i] + across * (meander * ease * (2 * Noise.At(new XY(along, 0), wavelength, salt: 5) - 1));
        }
        return wound;
    }

    (XY Low, XY High) Box(int chunk)
    {
        var part = line.AsSpan(chunk * Chunk, Math.Min(Chunk + 1, line.Length - chunk * Chunk));
        var (low, high) = (part[0], part[0]);
        foreach (var p in part)
            (low, high) = (new XY(Math.Min(low.X, p.X), Math.Min(low.Y, p.Y)), new XY(Math.Max(high.X, p.X), Math.Max(high.Y, p.Y)));
        return (low, high);
    }

    static double SquareToBox(XY p, (XY Low, XY High) box)
    {
        var (x, y) = (Math.Max(0, Math.Max(box.Low.X - p.X, p.X - box.High.X)), Math.Max(0, Math.Max(box.Low.Y - p.Y, p.Y - box.High.Y)));
        return x * x + y * y;
    }
}
