using NetTopologySuite.Geometries;

namespace OpsMap.Seeds;

/// <summary>Metres east and north of the city's middle.</summary>
readonly record struct XY(double X, double Y)
{
    public static XY operator +(XY a, XY b) => new(a.X + b.X, a.Y + b.Y);
    public static XY operator -(XY a, XY b) => new(a.X - b.X, a.Y - b.Y);
    public static XY operator *(XY a, double k) => new(a.X * k, a.Y * k);
    public double Length => Math.Sqrt(X * X + Y * Y);
    public double To(XY b) => (b - this).Length;

    /// <summary>Positive when <paramref name="b"/> turns left from this.</summary>
    public double Cross(XY b) => X * b.Y - Y * b.X;
    public double Dot(XY b) => X * b.X + Y * b.Y;

    /// <summary>Of length 1, a quarter turn to the left.</summary>
    public XY LeftNormal() => new XY(-Y, X) * (1 / Length);
}

/// <summary>
/// The plane the city is drawn in, and the way back to degrees. Constant factors and the four operations only:
/// sines differ in the last bit from machine to machine, and the same bytes must come out everywhere.
/// </summary>
static class Plane
{
    const double Lon0 = 114.3, Lat0 = 30.6, MetersPerLon = 95_900, MetersPerLat = 110_860;

    public static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    public static XY FromDegrees(double lon, double lat) => new((lon - Lon0) * MetersPerLon, (lat - Lat0) * MetersPerLat);

    /// <summary>Rounded to 1e-7 degrees, about a centimetre.</summary>
    public static Coordinate ToDegrees(XY p) => new(Round(Lon0 + p.X / MetersPerLon), Round(Lat0 + p.Y / MetersPerLat));

    public static Point ToPoint(XY p) => Factory.CreatePoint(ToDegrees(p));

    static double Round(double degrees) => Math.Round(degrees * 1e7) / 1e7;
}
