using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace OpsMap.Seeds;

/// <summary>Turns ownership of cells into polygons. Each corner of the mesh has one place for all levels, so borders are shared to the byte.</summary>
sealed class Borders
{
    readonly Mesh mesh;
    readonly Coordinate[] places;

    /// <param name="finest">Ownership at the finest level, -1 outside: every border of a coarser level is one of its borders.</param>
    public Borders(Mesh mesh, int[] finest)
    {
        this.mesh = mesh;
        places = Relax(finest);
    }

    /// <summary>By owner: its polygons, largest first; owners are 0 to <paramref name="owners"/> - 1.</summary>
    public MultiPolygon[] Polygons(int[] owner, int owners)
    {
        var rings = Enumerable.Range(0, owners).Select(_ => new List<LinearRing>()).ToArray();
        var done = new bool[mesh.Origin.Length];
        for (var e = 0; e < done.Length; e++)
            if (!done[e] && IsBorder(e, owner) && owner[mesh.Origin[e]] is >= 0 and var who && Ring(e, owner, done) is { } ring)
                rings[who].Add(ring);
        return [.. rings.Select(Assemble)];
    }

    bool IsBorder(int e, int[] owner) => mesh.Twin[e] >= 0 && owner[mesh.Origin[e]] != owner[mesh.Destination(e)];

    /// <summary>
    /// Softens the mesh's angles: a corner where only two owners meet moves half way to its neighbours along the border. It stays within the
    /// one convex cell both of its border sides belong to, so lines that did not cross do not cross now.
    /// </summary>
    Coordinate[] Relax(int[] owner)
    {
        var relaxed = new Coordinate[mesh.Corners.Length];
        Span<int> along = stackalloc int[3];
        for (var t = 0; t < relaxed.Length; t++)
        {
            var count = 0;
            for (var e = 3 * t; e < 3 * t + 3; e++)
                if (IsBorder(e, owner)) along[count++] = mesh.Twin[e] / 3;
            var corner = mesh.Corners[t];
            relaxed[t] = Plane.ToDegrees(count == 2 ? corner * 0.5 + (mesh.Corners[along[0]] + mesh.Corners[along[1]]) * 0.25 : corner);
        }
        return relaxed;
    }

    /// <summary>The ring that runs along half-edge e's side with its owner on the left; null when it is too small to enclose anything.</summary>
    LinearRing? Ring(int start, int[] owner, bool[] done)
    {
        var (who, points, e) = (owner[mesh.Origin[start]], new List<Coordinate>(), start);
        do
        {
            // Half-edge e stands for the side from its twin's corner to its own, with e's origin on the left.
            done[e] = true;
            if (points.Count == 0 || !points[^1].Equals2D(places[e / 3])) points.Add(places[e / 3]);
            e = Next(e / 3, who, owner);
        }
        while (e != start);
        if (points.Count > 1 && points[0].Equals2D(points[^1])) points.RemoveAt(points.Count - 1);
        return points.Count < 3 ? null : Plane.Factory.CreateLinearRing([.. points, points[0]]);
    }

    /// <summary>The border side that leaves a corner with this owner on the left.</summary>
    int Next(int triangle, int who, int[] owner)
    {
        for (var e = 3 * triangle; e < 3 * triangle + 3; e++)
            if (owner[mesh.Destination(e)] == who && owner[mesh.Origin[e]] != who) return mesh.Twin[e];
        throw new InvalidOperationException("a border ends in the middle of the mesh");
    }

    static MultiPolygon Assemble(List<LinearRing> rings)
    {
        var shells = rings.Where(r => Area.OfRingSigned(r.CoordinateSequence) < 0).OrderByDescending(r => Area.OfRing(r.CoordinateSequence)).ToArray();
        var holes = rings.Where(r => Area.OfRingSigned(r.CoordinateSequence) > 0).ToLookup(
            h => Array.FindLastIndex(shells, s => PointLocation.IsInRing(h.GetCoordinateN(0), s.Coordinates) && Area.OfRing(s.CoordinateSequence) > Area.OfRing(h.CoordinateSequence)));
        return Plane.Factory.CreateMultiPolygon([.. shells.Select((s, i) => Plane.Factory.CreatePolygon(s, [.. holes[i]]))]);
    }
}
