namespace OpsMap.Seeds;

/// <summary>The city cut into streets: who owns which cell of the mesh.</summary>
sealed class Partition
{
    const double ShoreMeters = 30;

    public Mesh Mesh { get; }

    /// <summary>By cell: the index of its street's site, -1 outside the city.</summary>
    public int[] StreetOf { get; }

    /// <summary>By cell: its point is in a river or at the very shore.</summary>
    public bool[] Wet { get; }

    public Partition(IReadOnlyList<Site> sites, IReadOnlyDictionary<string, int> communities, Rivers rivers)
    {
        Mesh = new Mesh(Scatter.Points(new Density(sites, communities), rivers));
        var banks = Mesh.Sites.Select(rivers.BankOf).ToArray();
        Wet = [.. Mesh.Sites.Select(p => !rivers.IsClear(p, ShoreMeters))];
        var inside = Outline.Cells(Mesh, banks, sites);
        StreetOf = Growth.Spread(Mesh, [.. sites.Select(s => CellAt(s, banks))], (from, to) =>
            inside[to] && banks[from] == banks[to] ? Cost(from, to) : double.PositiveInfinity);
    }

    /// <summary>Distance made uneven by noise at several scales, so that streets do not meet half way on a straight line; even on the water.</summary>
    double Cost(int from, int to)
    {
        var (a, b) = (Mesh.Sites[from], Mesh.Sites[to]);
        if (Wet[to]) return a.To(b) * 0.7;
        return a.To(b) * (0.4 + Noise.At(b, 350, salt: 1)) * (0.4 + Noise.At(b, 1_300, salt: 2)) * (0.4 + Noise.At(b, 4_500, salt: 4));
    }

    int CellAt(Site site, Bank[] banks) =>
        Enumerable.Range(0, banks.Length).Where(c => banks[c] == site.Bank).MinBy(c => Mesh.Sites[c].To(site.Point));
}
