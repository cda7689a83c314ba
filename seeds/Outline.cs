namespace OpsMap.Seeds;

/// <summary>
/// How far the city reaches: a few kilometres around each street's point, and spindles between neighbouring points on the same bank, so that
/// each bank is in one piece. Noise frays it; holes are filled.
/// </summary>
static class Outline
{
    const double NearestMeters = 2_600, FarthestMeters = 5_500, BridgeMeters = 30_000;

    /// <summary>By cell: whether it is the city's.</summary>
    public static bool[] Cells(Mesh mesh, Bank[] banks, IReadOnlyList<Site> sites)
    {
        var shapes = Enum.GetValues<Bank>().ToDictionary(b => b, b => Shapes([.. sites.Where(s => s.Bank == b).Select(s => s.Point)]));
        var inside = new bool[mesh.Sites.Length];
        for (var cell = 0; cell < inside.Length; cell++)
        {
            var p = mesh.Sites[cell];
            var fray = 0.5 + 0.75 * Noise.At(p, 6_500, salt: 11) + 0.3 * Noise.At(p, 2_000, salt: 12);
            inside[cell] = shapes[banks[cell]].Any(s => s.Holds(p, fray));
        }
        FillHoles(mesh, inside);
        return inside;
    }

    /// <summary>An ellipse about two points, a disc when they are one.</summary>
    readonly record struct Spindle(XY A, XY B, double HalfWidth)
    {
        public bool Holds(XY p, double scale)
        {
            var (length, width) = (A.To(B), HalfWidth * scale);
            return Math.Abs(p.X - A.X) < 40_000 && p.To(A) + p.To(B) < Math.Sqrt(length * length + 4 * width * width);
        }
    }

    static Spindle[] Shapes(XY[] points)
    {
        var reach = points.Select(p => Math.Clamp(0.7 * Density.Reach(points, p), NearestMeters, FarthestMeters)).ToArray();
        var discs = points.Select((p, i) => new Spindle(p, p, reach[i]));
        var bridges = from i in Enumerable.Range(0, points.Length)
                      from j in Enumerable.Range(i + 1, points.Length - i - 1)
                      where Adjoin(points, points[i], points[j])
                      select new Spindle(points[i], points[j], Math.Clamp(0.36 * points[i].To(points[j]), 1_500, 6_500));
        return [.. discs, .. bridges];
    }

    /// <summary>Neighbours in the Gabriel graph when near, in the relative neighbourhood graph (which leaves nobody alone) when far.</summary>
    static bool Adjoin(XY[] points, XY a, XY b)
    {
        var span = a.To(b);
        return span < BridgeMeters
            ? !points.Any(c => c != a && c != b && (a - c).Dot(b - c) < 0)
            : !points.Any(c => c != a && c != b && Math.Max(a.To(c), b.To(c)) < span);
    }

    static void FillHoles(Mesh mesh, bool[] inside)
    {
        var farthest = Enumerable.Range(0, inside.Length).MaxBy(i => mesh.Sites[i].Length);
        var outside = Growth.Spread(mesh, [farthest], (_, to) => inside[to] ? double.PositiveInfinity : 1);
        for (var cell = 0; cell < inside.Length; cell++) inside[cell] = outside[cell] < 0;
    }
}
