namespace OpsMap.Web;

/// <summary>What a pair of degrees refers to, and the way from there to WGS-84.</summary>
/// <remarks>GCJ-02 and BD-09 are not published; open re-implementations agree to a centimetre. The inverse is iterated. An approximation of reports coming in
/// (近似换算，非测绘成果), never a bulk conversion service. CGCS2000 is taken as WGS-84: they differ by centimetres.</remarks>
static class Datum
{
    /// <summary>The names that a coordinate may come with.</summary>
    public static readonly string[] Names = ["wgs84", "gcj02", "bd09", "cgcs2000"];

    private const double SemiMajorMeters = 6378245.0, EccentricitySquared = 0.00669342162296594323, BaiduTurn = Math.PI * 3000.0 / 180.0;

    /// <summary>The name as stored, or null where it is none of <see cref="Names"/>.</summary>
    public static string? Known(string name) => Array.Find(Names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Degrees of a known datum to WGS-84 degrees, which stay in range at the world's rim too.</summary>
    public static (double Lon, double Lat) ToWgs84(string datum, double lon, double lat)
    {
        var (x, y) = datum switch
        {
            "wgs84" or "cgcs2000" => (lon, lat),
            "gcj02" => FromGcj02(lon, lat),
            "bd09" => FromBd09(lon, lat),
            _ => throw new ArgumentOutOfRangeException(nameof(datum), datum, "not a known datum"),
        };
        return (Math.Clamp(x, -180, 180), Math.Clamp(y, -90, 90));
    }

    /// <summary>WGS-84 to GCJ-02; outside China's box nothing is shifted.</summary>
    public static (double Lon, double Lat) ToGcj02(double lon, double lat)
    {
        if (lon is < 72.004 or > 137.8347 || lat is < 0.8293 or > 55.8271) return (lon, lat);
        double x = lon - 105.0, y = lat - 35.0, radians = lat / 180.0 * Math.PI;
        var magic = 1 - EccentricitySquared * Math.Sin(radians) * Math.Sin(radians);
        var dLat = LatShift(x, y) * 180.0 / (SemiMajorMeters * (1 - EccentricitySquared) / (magic * Math.Sqrt(magic)) * Math.PI);
        var dLon = LonShift(x, y) * 180.0 / (SemiMajorMeters / Math.Sqrt(magic) * Math.Cos(radians) * Math.PI);
        return (lon + dLon, lat + dLat);
    }

    /// <summary>GCJ-02 to BD-09.</summary>
    public static (double Lon, double Lat) Gcj02ToBd09(double lon, double lat)
    {
        var radius = Math.Sqrt(lon * lon + lat * lat) + 0.00002 * Math.Sin(lat * BaiduTurn);
        var angle = Math.Atan2(lat, lon) + 0.000003 * Math.Cos(lon * BaiduTurn);
        return (radius * Math.Cos(angle) + 0.0065, radius * Math.Sin(angle) + 0.006);
    }

    private static (double Lon, double Lat) FromGcj02(double lon, double lat) => Invert(ToGcj02, lon, lat);

    private static (double Lon, double Lat) FromBd09(double lon, double lat)
    {
        var (gcjLon, gcjLat) = Invert(Gcj02ToBd09, lon, lat);
        return FromGcj02(gcjLon, gcjLat);
    }

    /// <summary>Finds what a nearly constant shift maps to the target: the error shrinks about a hundredfold each round.</summary>
    private static (double Lon, double Lat) Invert(Func<double, double, (double Lon, double Lat)> forward, double lon, double lat)
    {
        double guessLon = lon, guessLat = lat;
        for (var round = 0; round < 10; round++)
        {
            var (gotLon, gotLat) = forward(guessLon, guessLat);
            guessLon += lon - gotLon;
            guessLat += lat - gotLat;
            if (Math.Abs(lon - gotLon) < 1e-10 && Math.Abs(lat - gotLat) < 1e-10) break;
        }
        return (guessLon, guessLat);
    }

    private static double LatShift(double x, double y) =>
        -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.Sqrt(Math.Abs(x)) + Waves(x)
        + (20.0 * Math.Sin(y * Math.PI) + 40.0 * Math.Sin(y / 3.0 * Math.PI)) * 2.0 / 3.0
        + (160.0 * Math.Sin(y / 12.0 * Math.PI) + 320.0 * Math.Sin(y * Math.PI / 30.0)) * 2.0 / 3.0;

    private static double LonShift(double x, double y) =>
        300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.Sqrt(Math.Abs(x)) + Waves(x)
        + (20.0 * Math.Sin(x * Math.PI) + 40.0 * Math.Sin(x / 3.0 * Math.PI)) * 2.0 / 3.0
        + (150.0 * Math.Sin(x / 12.0 * Math.PI) + 300.0 * Math.Sin(x / 30.0 * Math.PI)) * 2.0 / 3.0;

    private static double Waves(double x) => (20.0 * Math.Sin(6.0 * x * Math.PI) + 20.0 * Math.Sin(2.0 * x * Math.PI)) * 2.0 / 3.0;
}
