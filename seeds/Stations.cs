using NetTopologySuite.Geometries;

namespace OpsMap.Seeds;

/// <summary>
/// Stations: a service centre in every community, 65 stations for outdoor workers in Jiang'an, and the other kinds spread over all streets,
/// denser in the inner city. Each stands on dry ground inside its community.
/// </summary>
sealed class Stations(Partition city, Rivers rivers, IReadOnlyList<Site> sites, IReadOnlyList<CommunityFact> communities, int[] communityOf, IReadOnlyDictionary<string, SeedArea> areas)
{
    const int OutdoorInJiangan = 65, BankMeters = 25, Tries = 40;

    readonly ILookup<int, int> dryCells = Enumerable.Range(0, communityOf.Length).Where(c => communityOf[c] >= 0 && !city.Wet[c]).ToLookup(c => communityOf[c]);
    readonly Dictionary<int, int> built = [];

    public IReadOnlyList<SeedStation> All()
    {
        built.Clear();
        var members = Enumerable.Range(0, communities.Count).ToLookup(i => communities[i].StreetCode);
        var jiangan = Enumerable.Range(0, communities.Count).Where(i => communities[i].Code.StartsWith(InnerCity.Jiangan)).ToArray();
        var outdoor = Enumerable.Range(0, OutdoorInJiangan).Select(i => Build(jiangan[i * jiangan.Length / OutdoorInJiangan], StationKinds.Outdoor));
        var others = sites.SelectMany(s => Spread(s, [.. members[s.Street.Code]]));
        SeedStation[] all = [.. communities.Select((_, i) => Build(i, StationKinds.Centre)), .. outdoor, .. others];
        return [.. all.OrderBy(s => s.Code, StringComparer.Ordinal).Select((s, i) => s with { Worker = $"演示用户{i + 1:0000}" })];
    }

    /// <summary>Two stations a street in the inner city, one elsewhere, of kinds that change from street to street.</summary>
    IEnumerable<SeedStation> Spread(Site site, int[] members)
    {
        var dice = new Dice("station " + site.Street.Code);
        for (var count = InnerCity.Holds(site) ? 2 : 1; count > 0; count--)
            yield return Build(dice.Pick(members), dice.Pick(StationKinds.Others));
    }

    SeedStation Build(int community, StationKind kind)
    {
        var fact = communities[community];
        var number = built[community] = built.GetValueOrDefault(community) + 1;
        var code = $"{fact.Code}-{number:00}";
        var dice = new Dice(code);
        var place = kind == StationKinds.Centre ? fact.Name : Names.Short(fact);
        var state = kind != StationKinds.Centre && dice.Next(40) == 0 ? "closed" : "open";
        return new SeedStation(
            code, kind.Name, place + kind.Title, fact.StreetCode, fact.Code, kind.Services, kind.Hours,
            kind.Capacity.From + dice.Next(kind.Capacity.To - kind.Capacity.From + 1), "", kind.OpeningScope, state, Place(community, dice));
    }

    /// <summary>A point in the better of two of the community's dry cells, the one nearer to its middle; the label's when none will do.</summary>
    Point Place(int community, Dice dice)
    {
        var (area, cells) = (areas[communities[community].Code], dryCells[community].ToArray());
        var middle = Plane.FromDegrees(area.Label.X, area.Label.Y);
        for (var i = 0; i < Tries; i++)
        {
            var (one, other) = (city.Mesh.Sites[dice.Pick(cells)], city.Mesh.Sites[dice.Pick(cells)]);
            var p = (one.To(middle) < other.To(middle) ? one : other) + new XY(dice.Between(-12, 12), dice.Between(-12, 12));
            if (rivers.IsClear(p, BankMeters) && Plane.ToPoint(p) is var point && area.Geom.Contains(point)) return point;
        }
        return area.Label;
    }
}
