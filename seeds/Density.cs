namespace OpsMap.Seeds;

/// <summary>How fine the mesh is at a place: about twenty cells to a community.</summary>
sealed class Density
{
    const double CellsPerCommunity = 20, FinestMeters = 38, CoarsestMeters = 400, CityEdgeMeters = 8_000;

    readonly XY[] points;
    readonly double[] spacing;

    public Density(IReadOnlyList<Site> sites, IReadOnlyDictionary<string, int> communities)
    {
        points = [.. sites.Select(s => s.Point)];
        spacing = [.. sites.Select(s => SpacingOf(s, communities.GetValueOrDefault(s.Street.Code)))];
    }

    /// <summary>The width of a mesh cell in metres: that of the streets near by, coarser and coarser outside the city.</summary>
    public double At(XY p)
    {
        double sum = 0, weights = 0, nearest = double.MaxValue;
        for (var i = 0; i < points.Length; i++)
        {
            var d = points[i] - p;
            var square = d.Dot(d);
            var weight = 1 / (square * square + 1);
            sum += spacing[i] * weight;
            weights += weight;
            nearest = Math.Min(nearest, square);
        }
        var outside = Math.Max(1, Math.Sqrt(nearest) / CityEdgeMeters);
        return sum / weights * outside * outside * outside;
    }

    /// <summary>Mean distance from a point to the three nearest others.</summary>
    public static double Reach(IEnumerable<XY> others, XY p) => others.Select(o => o.To(p)).Where(d => d > 0).Order().Take(3).Average();

    double SpacingOf(Site site, int communities)
    {
        var reach = Math.Min(Reach(points, site.Point), 10_000);
        return Math.Clamp(Math.Sqrt(0.8 * reach * reach / Math.Max(communities, 4) / CellsPerCommunity), FinestMeters, CoarsestMeters);
    }
}
