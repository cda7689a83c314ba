namespace OpsMap.Seeds;

/// <summary>Where to write an area's name: the dry cell deepest inside it.</summary>
static class Labels
{
    /// <summary>By owner: the cell.</summary>
    public static int[] Cells(Partition city, int[] owner, int owners)
    {
        var depth = Depths(city, owner);
        var best = new int[owners];
        Array.Fill(best, -1);
        for (var cell = 0; cell < owner.Length; cell++)
            if (owner[cell] is >= 0 and var o && (best[o] < 0 || depth[cell] > depth[best[o]])) best[o] = cell;
        return best;
    }

    /// <summary>By cell: about how far to the next cell of somebody else or under water, in metres; negative for cells under water.</summary>
    static double[] Depths(Partition city, int[] owner)
    {
        var (mesh, depth, front) = (city.Mesh, new double[owner.Length], new PriorityQueue<int, (double, int)>());
        Array.Fill(depth, double.MaxValue);
        for (var cell = 0; cell < owner.Length; cell++)
        {
            if (owner[cell] < 0) continue;
            foreach (var n in mesh.NeighboursOf(cell))
                if (owner[n] != owner[cell] || city.Wet[n]) depth[cell] = Math.Min(depth[cell], mesh.Sites[n].To(mesh.Sites[cell]) / 2);
            if (city.Wet[cell]) depth[cell] = -1;
            if (depth[cell] < double.MaxValue) front.Enqueue(cell, (depth[cell], cell));
        }
        while (front.TryDequeue(out var cell, out var far))
        {
            if (far.Item1 > depth[cell] || city.Wet[cell]) continue;
            foreach (var n in mesh.NeighboursOf(cell))
                if (owner[n] == owner[cell] && depth[cell] + mesh.Sites[n].To(mesh.Sites[cell]) is var d && d < depth[n])
                    front.Enqueue(n, (depth[n] = d, n));
        }
        return depth;
    }
}
