namespace OpsMap.Seeds;

/// <summary>
/// Joint committees of adjoining areas. Real is that Yongqing, Siwei and Erqi hold joint activities; the make-up of all others is invented and their
/// names say 示例. The members of all are invented.
/// </summary>
sealed class Committees(IReadOnlyList<Site> sites, IReadOnlyList<CommunityFact> communities, Adjacency streetBorders, Adjacency communityBorders)
{
    const int InJiangan = 5, InJianghan = 18;
    static readonly string[] Known = ["420102006000", "420102005000", "420102010000"];

    /// <summary>Elsewhere: the kind, the lead street and how many streets.</summary>
    static readonly (string Kind, string Lead, int Streets)[] Elsewhere =
    [
        (Constitutions.Alliance, "420104004000", 2), (Constitutions.Alliance, "420105005000", 3), (Constitutions.Alliance, "420106005000", 3),
        (Constitutions.Alliance, "420107003000", 2), (Constitutions.Park, "420111080000", 2), (Constitutions.Park, "420112015000", 2),
        (Constitutions.Industry, "420115088000", 2), (Constitutions.Industry, "420116005000", 2), (Constitutions.Industry, "420117002000", 2),
    ];

    readonly Dictionary<string, int> siteOf = sites.Select((s, i) => (s.Street.Code, i)).ToDictionary();

    public IReadOnlyList<SeedCommittee> All() => [.. InTheStreetsOfJiangan(), .. InTheCommunitiesOfJianghan(), .. Others()];

    IEnumerable<SeedCommittee> InTheStreetsOfJiangan()
    {
        var known = Known.Select(code => siteOf[code]).ToList();
        yield return OfStreets(Constitutions.Regional, known, example: false);
        var free = Enumerable.Range(0, sites.Count).Where(i => sites[i].Street.Code.StartsWith(InnerCity.Jiangan) && sites[i].Street.IsStreet && !known.Contains(i)).ToHashSet();
        for (var made = 1; made < InJiangan; made++)
        {
            var group = TakeGroup(streetBorders, free, 2 + made % 3);
            yield return OfStreets(Constitutions.Regional, group, example: true);
        }
    }

    IEnumerable<SeedCommittee> InTheCommunitiesOfJianghan()
    {
        var free = Enumerable.Range(0, communities.Count).Where(i => communities[i].Code.StartsWith(InnerCity.Jianghan) && !communities[i].Name.Contains("虚拟")).ToHashSet();
        var stride = free.Count / InJianghan;
        for (var made = 0; made < InJianghan; made++)
        {
            var group = TakeGroup(communityBorders, free, 2 + made % 2, made * stride % free.Count);
            var name = string.Join('·', group.Select(i => Names.Short(communities[i]))) + "社区联合党委（示例）";
            yield return Make(name, Constitutions.Regional, "community", [.. group.Select(i => communities[i].Code)], example: true);
        }
    }

    IEnumerable<SeedCommittee> Others() => Elsewhere.Select(e => OfStreets(e.Kind, streetBorders.Group(siteOf[e.Lead], e.Streets,
        other => sites[other].Street.IsStreet && sites[other].DistrictCode == sites[siteOf[e.Lead]].DistrictCode), example: true));

    /// <summary>Takes a group out of the free areas: the first one that is large enough, or else the largest, looking from a place in their order.</summary>
    static List<int> TakeGroup(Adjacency borders, HashSet<int> free, int count, int from = 0)
    {
        var order = free.Order().ToArray();
        var group = order.Skip(from).Concat(order.Take(from)).Select(i => borders.Group(i, count, free.Contains)).MaxBy(g => g.Count) ?? [];
        free.ExceptWith(group);
        return group;
    }

    SeedCommittee OfStreets(string kind, List<int> streets, bool example) => Make(
        string.Join('·', streets.Select(i => Names.Short(sites[i].Street))) + kind + (example ? "（示例）" : ""), kind, "street", [.. streets.Select(i => sites[i].Street.Code)], example);

    static SeedCommittee Make(string name, string kind, string level, string[] codes, bool example)
    {
        var constitution = Constitutions.Of(kind, level);
        return new SeedCommittee(
            name, kind, level, constitution, example, [.. codes.Select((c, i) => new SeedCommitteeArea(c, Lead: i == 0))], Constitutions.Members(constitution, new Dice(name)));
    }
}
