namespace OpsMap.Seeds;

/// <summary>Lets regions grow over the mesh from one cell each until they meet: each comes out in one piece.</summary>
static class Growth
{
    /// <summary>By cell: the index of the source it belongs to, -1 where none came.</summary>
    /// <param name="sources">One cell each, all different.</param>
    /// <param name="cost">From a cell to its neighbour; infinite where growth may not go.</param>
    public static int[] Spread(Mesh mesh, IReadOnlyList<int> sources, Func<int, int, double> cost)
    {
        var owner = new int[mesh.Sites.Length];
        Array.Fill(owner, -1);
        Spread(mesh, sources, cost, owner);
        return owner;
    }

    /// <summary>The same into the caller's array; only cells whose owner is -1 are taken.</summary>
    public static void Spread(Mesh mesh, IReadOnlyList<int> sources, Func<int, int, double> cost, int[] owner)
    {
        var front = new PriorityQueue<(int Cell, int Source), (double, int)>();
        for (var s = 0; s < sources.Count; s++) front.Enqueue((sources[s], s), (0, sources[s]));
        while (front.TryDequeue(out var next, out var far))
        {
            if (owner[next.Cell] >= 0) continue;
            owner[next.Cell] = next.Source;
            foreach (var to in mesh.NeighboursOf(next.Cell))
                if (owner[to] < 0 && cost(next.Cell, to) is var step && step < double.PositiveInfinity)
                    front.Enqueue((to, next.Source), (far.Item1 + step, to));
        }
    }
}
