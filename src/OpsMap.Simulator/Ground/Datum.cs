namespace OpsMap.Simulator.Ground;

/// <summary>GCJ-02 as phones and commercial maps in China give it: the published approximation over the Krasovsky 1940 ellipsoid.</summary>
static class Datum
{
    const double SemiMajorMeters = 6_378_245;
    const double EccentricitySquared = 0.00669342162296594323;

    public static Spot ToGcj02(Spot wgs84)
    {
        double x = wgs84.Lon - 105, y = wgs84.Lat - 35;
        double waves = 20 * Math.Sin(6 * x * Math.PI) + 20 * Math.Sin(2 * x * Math.PI);
        double north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.Sqrt(Math.Abs(x))
            + (waves + 20 * Math.Sin(y * Math.PI) + 40 * Math.Sin(y / 3 * Math.PI) + 160 * Math.Sin(y / 12 * Math.PI) + 320 * Math.Sin(y * Math.PI / 30)) * 2 / 3;
        double east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.Sqrt(Math.Abs(x))
            + (waves + 20 * Math.Sin(x * Math.PI) + 40 * Math.Sin(x / 3 * Math.PI) + 150 * Math.Sin(x / 12 * Math.PI) + 300 * Math.Sin(x / 30 * Math.PI)) * 2 / 3;
        double lat = wgs84.Lat * Math.PI / 180;
        double w = 1 - EccentricitySquared * Math.Sin(lat) * Math.Sin(lat);
        double meridian = SemiMajorMeters * (1 - EccentricitySquared) / (w * Math.Sqrt(w));
        double parallel = SemiMajorMeters / Math.Sqrt(w) * Math.Cos(lat);
        return new(wgs84.Lon + east * 180 / (parallel * Math.PI), wgs84.Lat + north * 180 / (meridian * Math.PI));
    }

    /// <summary>There is no closed form: the shift is nearly the same next door, so correcting a guess by what it misses converges at once.</summary>
    public static Spot FromGcj02(Spot gcj02)
    {
        var guess = gcj02;
        for (int i = 0; i < 4; i++)
        {
            var shifted = ToGcj02(guess);
            guess = new(guess.Lon + gcj02.Lon - shifted.Lon, guess.Lat + gcj02.Lat - shifted.Lat);
        }
        return guess;
    }
}
