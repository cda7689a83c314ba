using NetTopologySuite.Geometries;

namespace OpsMap.Seeds;

/// <summary>The four levels of areas from ownership of cells.</summary>
sealed class Areas(Partition city, IReadOnlyList<Site> sites, IReadOnlyList<CommunityFact> communities, int[] communityOf, Borders borders)
{
    const string CityCode = "420100000000";

    public IReadOnlyList<SeedArea> All()
    {
        var districts = sites.Select(s => s.DistrictCode).Distinct().Order(StringComparer.Ordinal).ToList();
        var districtOf = sites.Select(s => districts.IndexOf(s.DistrictCode)).ToArray();
        var names = sites.DistinctBy(s => s.DistrictCode).ToDictionary(s => s.DistrictCode, s => s.Street.District);
        return
        [
            .. Level("city", Cells(city.StreetOf, _ => 0), 1, _ => (CityCode, "武汉市", null, "市")),
            .. Level("district", Cells(city.StreetOf, s => districtOf[s]), districts.Count, i => (districts[i], names[districts[i]], CityCode, "区")),
            .. Level("street", city.StreetOf, sites.Count, i => (sites[i].Street.Code, sites[i].Street.Name, sites[i].DistrictCode, sites[i].Street.Kind)),
            .. Level("community", communityOf, communities.Count,
                i => (communities[i].Code, communities[i].Name, communities[i].StreetCode, communities[i].Name.EndsWith('村') ? "村" : "社区")),
        ];
    }

    static int[] Cells(int[] streetOf, Func<int, int> ownerOf) => [.. streetOf.Select(s => s < 0 ? -1 : ownerOf(s))];

    IEnumerable<SeedArea> Level(string level, int[] owner, int owners, Func<int, (string Code, string Name, string? Parent, string Kind)> fact)
    {
        var polygons = borders.Polygons(owner, owners);
        var labels = Labels.Cells(city, owner, owners);
        for (var i = 0; i < owners; i++)
        {
            var (code, name, parent, kind) = fact(i);
            yield return new SeedArea(level, code, name, parent, kind, polygons[i], LabelIn(polygons[i], city.Mesh.Sites[labels[i]]));
        }
    }

    static Point LabelIn(MultiPolygon area, XY wanted) => Plane.ToPoint(wanted) is var point && area.Contains(point) ? point : area.InteriorPoint;
}
