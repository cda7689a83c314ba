using NetTopologySuite.Geometries;
using NetTopologySuite.Triangulate;
using NetTopologySuite.Triangulate.QuadEdge;

namespace OpsMap.Seeds;

/// <summary>
/// The fine mesh everything is made of: the Voronoi cells of many scattered points. An area is a set of cells and a border a run of cell sides,
/// so no two areas can overlap, nothing can lie between them, and neighbours share each vertex.
/// </summary>
/// <remarks>
/// Kept as the dual, a triangulation in half-edges: half-edge e leaves cell <c>Origin[e]</c>, belongs to triangle e / 3 (counter-clockwise)
/// and has its opposite at <c>Twin[e]</c> (-1 on the hull). Each triangle is a corner where three cells meet.
/// </remarks>
sealed class Mesh
{
    public XY[] Sites { get; }
    public int[] Origin { get; }
    public int[] Twin { get; }

    /// <summary>By triangle: where its three cells meet.</summary>
    public XY[] Corners { get; }

    readonly int[] firstNeighbour;
    readonly int[] neighbours;

    public Mesh(IReadOnlyList<XY> sites)
    {
        Sites = [.. sites];
        Origin = Triangulate(Sites);
        Twin = Pair(Origin, Sites.Length);
        Corners = [.. Enumerable.Range(0, Origin.Length / 3).Select(t => Circumcentre(Sites[Origin[3 * t]], Sites[Origin[3 * t + 1]], Sites[Origin[3 * t + 2]]))];
        (firstNeighbour, neighbours) = Neighbour();
    }

    public ReadOnlySpan<int> NeighboursOf(int cell) => neighbours.AsSpan(firstNeighbour[cell]..firstNeighbour[cell + 1]);

    public int Destination(int e) => Origin[e % 3 == 2 ? e - 2 : e + 1];

    static int[] Triangulate(XY[] sites)
    {
        var index = new Dictionary<(double, double), int>(sites.Length);
        var frame = new Envelope();
        for (var i = 0; i < sites.Length; i++)
        {
            index.Add((sites[i].X, sites[i].Y), i);
            frame.ExpandToInclude(sites[i].X, sites[i].Y);
        }
        var subdivision = new QuadEdgeSubdivision(frame, 0);
        new IncrementalDelaunayTriangulator(subdivision).InsertSites([.. sites.Select(s => new Vertex(s.X, s.Y))]);
        var origin = new List<int>(sites.Length * 6);
        foreach (var triangle in subdivision.GetTriangleVertices(false))
        {
            var (a, b, c) = (index[(triangle[0].X, triangle[0].Y)], index[(triangle[1].X, triangle[1].Y)], index[(triangle[2].X, triangle[2].Y)]);
            var turnsLeft = (sites[b] - sites[a]).Cross(sites[c] - sites[a]) > 0;
            origin.AddRange(turnsLeft ? [a, b, c] : [a, c, b]);
        }
        return [.. origin];
    }

    static int[] Pair(int[] origin, int count)
    {
        var twin = new int[origin.Length];
        Array.Fill(twin, -1);
        var open = new Dictionary<long, int>(origin.Length);
        for (var e = 0; e < origin.Length; e++)
        {
            var (from, to) = (origin[e], origin[e % 3 == 2 ? e - 2 : e + 1]);
            if (open.Remove((long)to * count + from, out var other)) (twin[e], twin[other]) = (other, e);
            else open.Add((long)from * count + to, e);
        }
        return twin;
    }

    (int[] First, int[] Neighbours) Neighbour()
    {
        var first = new int[Sites.Length + 1];
        foreach (var cell in Origin) first[cell + 1]++;
        for (var i = 0; i < Sites.Length; i++) first[i + 1] += first[i];
        var (all, next) = (new int[Origin.Length], first[..^1]);
        for (var e = 0; e < Origin.Length; e++) all[next[Origin[e]]++] = Destination(e);
        return (first, all);
    }

    static XY Circumcentre(XY a, XY b, XY c)
    {
        var (u, v) = (b - a, c - a);
        var d = 2 * u.Cross(v);
        return a + new XY((v.Y * u.Dot(u) - u.Y * v.Dot(v)) / d, (u.X * v.Dot(v) - v.X * u.Dot(u)) / d);
    }
}
