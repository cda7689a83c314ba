namespace OpsMap.Simulator.Ground;

/// <summary>A place in EPSG:4326, degrees. Distances are metres on a sphere cut small enough (under 100 km) to be flat: wrong by less than 0.5 %.</summary>
readonly record struct Spot(double Lon, double Lat)
{
    const double MetersPerDegree = 111_195;

    public double MetersTo(Spot other)
    {
        var (x, y) = OffsetTo(other);
        return Math.Sqrt(x * x + y * y);
    }

    /// <summary>Metres east and north from here to there.</summary>
    public (double East, double North) OffsetTo(Spot other) =>
        ((other.Lon - Lon) * MetersPerDegree * Math.Cos((Lat + other.Lat) * (Math.PI / 360)), (other.Lat - Lat) * MetersPerDegree);

    public Spot Moved(double eastMeters, double northMeters)
    {
        double lat = Lat + northMeters / MetersPerDegree;
        return new(Lon + eastMeters / (MetersPerDegree * Math.Cos((Lat + lat) * (Math.PI / 360))), lat);
    }

    /// <summary>Degrees clockwise from north, in [0, 360).</summary>
    public double HeadingTo(Spot other)
    {
        var (x, y) = OffsetTo(other);
        return (Math.Atan2(x, y) * (180 / Math.PI) + 360) % 360;
    }

    public Spot Toward(Spot other, double part) => new(Lon + (other.Lon - Lon) * part, Lat + (other.Lat - Lat) * part);
}
