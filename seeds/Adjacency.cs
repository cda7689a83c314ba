namespace OpsMap.Seeds;

/// <summary>Who borders on whom on dry ground, and for how many metres.</summary>
sealed class Adjacency
{
    readonly ILookup<int, (int Other, double Meters)> neighbours;

    /// <param name="owner">By cell of the mesh: whose it is, -1 outside.</param>
    public Adjacency(Partition city, int[] owner)
    {
        var (mesh, shared) = (city.Mesh, new Dictionary<(int, int), double>());
        for (var e = 0; e < mesh.Origin.Length; e++)
        {
            var (from, to) = (mesh.Origin[e], mesh.Destination(e));
            if (mesh.Twin[e] < 0 || owner[from] < 0 || owner[to] < 0 || owner[from] == owner[to] || city.Wet[from] || city.Wet[to]) continue;
            var pair = (owner[from], owner[to]);
            shared[pair] = shared.GetValueOrDefault(pair) + mesh.Corners[e / 3].To(mesh.Corners[mesh.Twin[e] / 3]);
        }
        neighbours = shared.OrderBy(s => s.Key).ToLookup(s => s.Key.Item1, s => (s.Key.Item2, s.Value));
    }

    /// <summary>The area and up to <paramref name="count"/> - 1 others, each next to one before it, the longest border first.</summary>
    public List<int> Group(int first, int count, Func<int, bool> free)
    {
        List<int> group = [first];
        while (group.Count < count)
        {
            var next = group.SelectMany(a => neighbours[a]).Where(n => !group.Contains(n.Other) && free(n.Other)).OrderByDescending(n => n.Meters).Select(n => n.Other).ToArray();
            if (next.Length == 0) break;
            group.Add(next[0]);
        }
        return group;
    }
}
