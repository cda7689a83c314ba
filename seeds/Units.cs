namespace OpsMap.Seeds;

/// <summary>Teams and vehicles that move about the inner city's streets.</summary>
static class Units
{
    public static IReadOnlyList<SeedUnit> All(IReadOnlyList<Site> sites) => [.. sites.Where(s => s.Street.IsStreet && InnerCity.Holds(s)).SelectMany(Of)];

    static IEnumerable<SeedUnit> Of(Site site, int index)
    {
        var jiangan = site.Street.Code.StartsWith(InnerCity.Jiangan);
        var (office, urban) = (Bodies.OfficeCode(site), Bodies.OfDistrictCode("urban", site));
        return
        [
            .. Several(site, "foot", "巡查{0:00}组", jiangan ? 3 : 1 + index % 2, office),
            .. Several(site, "vehicle", "巡查{0:00}车", jiangan || index % 3 > 0 ? 1 : 0, urban),
            .. Several(site, "sanitation", "环卫{0:00}组", 1, urban),
        ];
    }

    static IEnumerable<SeedUnit> Several(Site site, string kind, string title, int count, string department) => Enumerable.Range(1, count).Select(n => new SeedUnit(
        $"{kind}-{site.Street.Code[..9]}-{n:00}", Names.Short(site.Street) + string.Format(title, n), kind, site.Street.Code, department));
}
