namespace OpsMap.Seeds;

/// <summary>The three parts the two rivers cut the city into.</summary>
enum Bank { Hankou, Hanyang, Wuchang }

/// <summary>The Yangtze and the Han: smoothed centre lines that reach beyond the city, and which part a place lies in.</summary>
sealed class Rivers
{
    const double BeyondMeters = 40_000;

    public River Yangtze { get; }
    public River Han { get; }

    public Rivers(IReadOnlyList<RiverFact> facts)
    {
        var (yangtze, han) = (facts.Single(r => r.Code == "yangtze"), facts.Single(r => r.Code == "han"));
        var line = Points(yangtze);
        Yangtze = new River(yangtze, [Beyond(line[1], line[0]), .. line, Beyond(line[^2], line[^1])], meanderMeters: 220, wavelengthMeters: 4_500);
        line = Points(han);
        var mouth = Yangtze.Nearest(line[^1]).At;
        Han = new River(han, [Beyond(line[1], line[0]), .. line, line[^1] + (mouth - line[^1]) * 0.5, mouth], meanderMeters: 110, wavelengthMeters: 1_700);
    }

    public Bank BankOf(XY p) => Yangtze.Nearest(p).Left ? Han.Nearest(p).Left ? Bank.Hankou : Bank.Hanyang : Bank.Wuchang;

    /// <summary>Whether a place is at least so many metres from the water.</summary>
    public bool IsClear(XY p, double meters) => Yangtze.IsClear(p, meters) && Han.IsClear(p, meters);

    /// <summary>How far the nearer centre line is.</summary>
    public double DistanceTo(XY p) => Math.Min(Yangtze.Nearest(p).Distance, Han.Nearest(p).Distance);

    static XY[] Points(RiverFact fact) => [.. fact.Line.Select(p => Plane.FromDegrees(p.Lon, p.Lat))];

    static XY Beyond(XY from, XY last) => last + (last - from) * (BeyondMeters / from.To(last));
}
