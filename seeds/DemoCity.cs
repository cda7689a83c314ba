namespace OpsMap.Seeds;

/// <summary>Builds the demo city from the embedded facts: a pure function, the same bytes on every run. See README.md.</summary>
public static class DemoCity
{
    const string Source = "示意图形：名称与代码取自 adcode 名录（2016 年，CC BY 4.0），轮廓与河流为示意绘制 · "
        + "Names and codes: adcode list of 2016 (CC BY 4.0); outlines and rivers are schematic";

    public static SeedCity Build()
    {
        var rivers = new Rivers(Facts.Rivers());
        var sites = Sites.Place(Facts.Streets(), rivers);
        var located = sites.Select(s => s.Street.Code).ToHashSet();
        IReadOnlyList<CommunityFact> communities = [.. Facts.Communities().Where(c => located.Contains(c.StreetCode))];

        var city = new Partition(sites, communities.CountBy(c => c.StreetCode).ToDictionary(), rivers);
        var communityOf = Communities.Cut(city, sites, communities);
        var areas = new Areas(city, sites, communities, communityOf, new Borders(city.Mesh, communityOf)).All();
        var waters = new Waters(rivers, areas[0].Geom);

        var box = areas[0].Geom.EnvelopeInternal;
        return new SeedCity(
            "武汉市", "示意版 2016", new DateTimeOffset(2016, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)), "schematic", Source, [box.MinX, box.MinY, box.MaxX, box.MaxY],
            areas, waters.Rivers, waters.Banks,
            new Committees(sites, communities, new Adjacency(city, city.StreetOf), new Adjacency(city, communityOf)).All(),
            new Stations(city, rivers, sites, communities, communityOf, areas.Where(a => a.Level == "community").ToDictionary(a => a.Code)).All(),
            Bodies.All(sites), Units.All(sites), Feeds.All, Feeds.Categories);
    }
}
