namespace OpsMap.Seeds;

/// <summary>Bodies that cases are handed to: one office a street, a few departments a district, a dozen for the city. No police.</summary>
static class Bodies
{
    static readonly (string Code, string Name)[] OfDistrict = [("urban", "城市管理部门"), ("water", "水务部门"), ("parks", "园林部门"), ("housing", "住建部门")];

    static readonly (string Code, string Name)[] OfCity =
    [
        ("urban", "市城管部门"), ("water", "市水务部门"), ("parks", "市园林部门"), ("housing", "市住建部门"), ("transport", "市交通部门"), ("environment", "市生态环境部门"),
        ("power", "供电单位"), ("gas", "燃气单位"), ("telecom", "通信单位"), ("sanitation", "环卫单位"), ("drainage", "排水单位"), ("lighting", "路灯管理单位"),
    ];

    public static IReadOnlyList<SeedDepartment> All(IReadOnlyList<Site> sites) =>
    [
        .. OfCity.Select(d => new SeedDepartment("city-" + d.Code, d.Name, "city", null)),
        .. from district in sites.DistinctBy(s => s.DistrictCode)
           from d in OfDistrict
           select new SeedDepartment(OfDistrictCode(d.Code, district), district.Street.District + d.Name, "district", district.DistrictCode),
        .. sites.Select(s => new SeedDepartment(OfficeCode(s), Names.Office(s.Street), "street", s.Street.Code)),
    ];

    public static string OfficeCode(Site site) => "office-" + site.Street.Code[..9];

    public static string OfDistrictCode(string department, Site site) => $"{department}-{site.Street.Code[..6]}";
}
