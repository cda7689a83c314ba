namespace OpsMap.Seeds;

/// <summary>Each street cut into its communities, of about equal size.</summary>
static class Communities
{
    const int Rounds = 4;

    /// <summary>By cell: the index of its community in <paramref name="facts"/>, -1 outside the city.</summary>
    public static int[] Cut(Partition city, IReadOnlyList<Site> sites, IReadOnlyList<CommunityFact> facts)
    {
        var owner = new int[city.StreetOf.Length];
        Array.Fill(owner, -1);
        var cells = Enumerable.Range(0, owner.Length).Where(c => city.StreetOf[c] >= 0).ToLookup(c => city.StreetOf[c]);
        var members = facts.Select((f, i) => (f.StreetCode, Index: i)).ToLookup(f => f.StreetCode, f => f.Index);
        for (var s = 0; s < sites.Count; s++) Cut(city, sites[s].Street.Code, s, [.. cells[s]], [.. members[sites[s].Street.Code]], owner);
        return owner;
    }

    static void Cut(Partition city, string code, int street, int[] cells, int[] members, int[] owner)
    {
        if (members.Length == 0) throw new InvalidOperationException($"street {code} has no community");
        var mesh = city.Mesh;
        var dry = cells.Where(c => !city.Wet[c]).ToArray();
        var sources = Spaced(mesh, dry, members.Length, new Dice(code));
        for (var round = 0; ; round++)
        {
            foreach (var c in cells) owner[c] = -1;
            Growth.Spread(mesh, sources, (from, to) => city.StreetOf[to] == street
                ? mesh.Sites[from].To(mesh.Sites[to]) * (0.7 + 0.6 * Noise.At(mesh.Sites[to], 300, salt: 21)) : double.PositiveInfinity, owner);
            if (round == Rounds) break;
            sources = [.. dry.GroupBy(c => owner[c]).OrderBy(g => g.Key).Select(g => Middle(mesh, [.. g]))];
        }
        foreach (var c in cells) owner[c] = members[owner[c]];
    }

    /// <summary>Dry cells far from each other: each is the farthest of a handful thrown.</summary>
    static int[] Spaced(Mesh mesh, int[] cells, int count, Dice dice)
    {
        var chosen = new List<int>(count);
        while (chosen.Count < count)
        {
            var best = Enumerable.Range(0, 12).Select(_ => dice.Pick(cells)).Where(c => !chosen.Contains(c))
                .Select(c => (Cell: c, Far: chosen.Count == 0 ? 0 : chosen.Min(o => mesh.Sites[o].To(mesh.Sites[c])))).OrderByDescending(c => c.Far).FirstOrDefault((Cell: -1, Far: 0));
            chosen.Add(best.Cell >= 0 ? best.Cell : cells.Except(chosen).First());
        }
        return [.. chosen];
    }

    static int Middle(Mesh mesh, int[] cells)
    {
        var sum = cells.Aggregate(new XY(0, 0), (s, c) => s + mesh.Sites[c]) * (1.0 / cells.Length);
        return cells.MinBy(c => mesh.Sites[c].To(sum));
    }
}
