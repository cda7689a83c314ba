namespace OpsMap.Simulator.Ground;

/// <summary>A polygon or several, holes included (even-odd rule). Its segments lie in horizontal bands, so a question reads a few of them only.</summary>
sealed class Region
{
    readonly (Spot A, Spot B)[][] bands;
    readonly double west = double.MaxValue, south = double.MaxValue, east = double.MinValue, north = double.MinValue;

    /// <param name="rings">Closed or open rings of at least three vertices, in any order and direction.</param>
    public Region(IReadOnlyList<IReadOnlyList<Spot>> rings)
    {
        foreach (var spot in rings.SelectMany(ring => ring))
        {
            west = Math.Min(west, spot.Lon);
            east = Math.Max(east, spot.Lon);
            south = Math.Min(south, spot.Lat);
            north = Math.Max(north, spot.Lat);
        }
        int count = Math.Clamp(rings.Sum(ring => ring.Count) / 8, 1, 200);
        var filling = new List<(Spot, Spot)>[count];
        for (int i = 0; i < count; i++) filling[i] = [];
        foreach (var ring in rings)
            for (int i = 0; i < ring.Count; i++)
            {
                Spot a = ring[i], b = ring[(i + 1) % ring.Count];
                if (a.Lat == b.Lat) continue; // no ray from west to east crosses it
                for (int band = Band(Math.Min(a.Lat, b.Lat), count); band <= Band(Math.Max(a.Lat, b.Lat), count); band++) filling[band].Add((a, b));
            }
        bands = [.. filling.Select(band => band.ToArray())];
    }

    public Spot Centre => new((west + east) / 2, (south + north) / 2);

    /// <summary>Half the diagonal of its bounding box.</summary>
    public double ReachMeters => new Spot(west, south).MetersTo(new Spot(east, north)) / 2;

    public bool Contains(Spot spot)
    {
        if (spot.Lon < west || spot.Lon > east || spot.Lat < south || spot.Lat > north) return false;
        bool inside = false;
        foreach (var (a, b) in bands[Band(spot.Lat, bands.Length)])
            if (a.Lat > spot.Lat != b.Lat > spot.Lat && spot.Lon < (b.Lon - a.Lon) * (spot.Lat - a.Lat) / (b.Lat - a.Lat) + a.Lon) inside = !inside;
        return inside;
    }

    /// <summary>A place inside it that <paramref name="fits"/>; null when forty draws found none.</summary>
    public Spot? RandomInside(Random random, Predicate<Spot> fits)
    {
        for (int i = 0; i < 40; i++)
        {
            var spot = new Spot(random.Between(west, east), random.Between(south, north));
            if (Contains(spot) && fits(spot)) return spot;
        }
        return null;
    }

    int Band(double lat, int count) => north <= south ? 0 : Math.Clamp((int)((lat - south) / (north - south) * count), 0, count - 1);
}
