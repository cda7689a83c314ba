using OpsMap.Simulator.Ground;

namespace OpsMap.Simulator.Reporting;

/// <summary>Where something happens. <c>Neighbour</c>: the street across the boundary that it lies on, null elsewhere.</summary>
sealed record Place(Spot Spot, Street Street, Street? Neighbour);

/// <summary>Draws believable places: dense in the inner city, around a few busy spots of each street, and 5-9 % on the line between two streets.</summary>
sealed class Places
{
    const double BoundaryShare = 0.07;
    const double BusyShare = 0.65;
    const double ThinningMeters = 9_000;
    const double OffLineMeters = 4;
    readonly City city;
    readonly Random random;
    readonly double[] streetWeights;
    readonly Dictionary<string, Spot[]> busySpots = [];
    readonly Dictionary<string, Edge[]> shared;

    public Places(City city, Random random)
    {
        this.city = city;
        this.random = random;
        var centre = Centre(city.Streets);
        // Two entries of the list of streets are firms' own districts: nothing is invented about a firm that exists.
        streetWeights = [.. city.Streets.Select(street => street.Name.Contains("公司", StringComparison.Ordinal) ? 0 : 0.03 + Math.Exp(-centre.MetersTo(street.Label) / ThinningMeters))];
        shared = city.Edges.Where(edge => edge.Right is not null).SelectMany(city.DryParts)
            .SelectMany(edge => (IEnumerable<(string Code, Edge Edge)>)[(edge.Left, edge), (edge.Right ?? "", edge)])
            .GroupBy(side => side.Code).ToDictionary(side => side.Key, side => side.Select(one => one.Edge).ToArray());
    }

    public Place Next()
    {
        var street = city.Streets[random.Weighted(streetWeights)];
        return random.NextDouble() < BoundaryShare && shared.TryGetValue(street.Code, out var edges) ? OnLine(street, edges) : Inside(street);
    }

    Place OnLine(Street street, Edge[] edges)
    {
        var edge = edges[random.Weighted([.. edges.Select(one => one.Line.LengthMeters)])];
        var spot = edge.Line.At(random.NextDouble() * edge.Line.LengthMeters).Moved(random.Normal() * OffLineMeters, random.Normal() * OffLineMeters);
        return new Place(spot, street, city.Find(edge.Left == street.Code ? edge.Right : edge.Left));
    }

    Place Inside(Street street)
    {
        for (int i = 0; i < 20 && random.NextDouble() < BusyShare; i++)
        {
            var spot = random.Pick(BusySpotsOf(street)).Moved(random.Normal() * 160, random.Normal() * 160);
            if (Fits(street, spot)) return new Place(spot, street, null);
        }
        return new Place(street.Region.RandomInside(random, spot => !city.OnWater(spot)) ?? street.Label, street, null);
    }

    /// <summary>The same in every run: markets, stations, crossings do not move.</summary>
    Spot[] BusySpotsOf(Street street)
    {
        if (busySpots.TryGetValue(street.Code, out var known)) return known;
        var fixedByCode = new Random(Chance.Seed(street.Code, 7));
        Spot Nearer() => street.Label.Toward(street.Region.RandomInside(fixedByCode, spot => !city.OnWater(spot)) ?? street.Label, fixedByCode.Between(0.2, 0.9));
        return busySpots[street.Code] = [.. Enumerable.Range(0, 4).Select(_ => Nearer())];
    }

    bool Fits(Street street, Spot spot) => street.Region.Contains(spot) && !city.OnWater(spot);

    /// <summary>The inner city has the most and smallest streets, so the median of their places lies in it.</summary>
    static Spot Centre(IReadOnlyList<Street> streets)
    {
        double Median(Func<Street, double> of) => streets.Select(of).Order().ElementAt(streets.Count / 2);
        return new Spot(Median(street => street.Label.Lon), Median(street => street.Label.Lat));
    }
}
