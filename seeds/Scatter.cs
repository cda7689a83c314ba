namespace OpsMap.Seeds;

/// <summary>The points of the mesh: jittered leaves of a quadtree, and pairs mirrored in the rivers' centre lines, so that cell sides run along these.</summary>
static class Scatter
{
    const double RootMeters = 98_304;

    /// <summary>In the tree's order, so that each point is near the one before it.</summary>
    public static List<XY> Points(Density density, Rivers rivers)
    {
        var points = new List<XY>();
        Split(new XY(-4_000, 6_000), RootMeters, density, rivers, points);
        points.AddRange(Pairs(rivers.Yangtze, density, _ => true));
        points.AddRange(Pairs(rivers.Han, density, p => rivers.Yangtze.Nearest(p.At).Distance > 1.2 * p.Step));
        return points;
    }

    static void Split(XY centre, double half, Density density, Rivers rivers, List<XY> points)
    {
        var spacing = density.At(centre);
        if (2 * half > 1.3 * spacing)
        {
            for (var quarter = 0; quarter < 4; quarter++)
                Split(centre + new XY(quarter % 2 == 0 ? -half / 2 : half / 2, quarter < 2 ? -half / 2 : half / 2), half / 2, density, rivers, points);
            return;
        }
        var (u, v) = (Dice.Of((long)(centre.X * 8), (long)(centre.Y * 8)), Dice.Of((long)(centre.Y * 8), (long)(centre.X * 8) + 1));
        var point = centre + new XY(1.7 * u - 0.85, 1.7 * v - 0.85) * half;
        if (rivers.DistanceTo(point) > 0.85 * spacing) points.Add(point);
    }

    static IEnumerable<XY> Pairs(River river, Density density, Func<(XY At, double Step), bool> wanted)
    {
        double along = 0, next = 0;
        for (var i = 1; i < river.Line.Count; i++)
        {
            var (a, b) = (river.Line[i - 1], river.Line[i]);
            for (; next <= along + a.To(b);)
            {
                var at = a + (b - a) * ((next - along) / a.To(b));
                var step = Math.Min(density.At(at), 3_000);
                next += step;
                if (Math.Abs(at.X) > RootMeters || Math.Abs(at.Y) > RootMeters || !wanted((at, step))) continue;
                var across = river.Across(i) * (step / 2);
                yield return at + across;
                yield return at - across;
            }
            along += a.To(b);
        }
    }
}
