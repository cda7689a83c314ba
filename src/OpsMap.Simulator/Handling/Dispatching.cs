using OpsMap.Simulator.Ground;

namespace OpsMap.Simulator.Handling;

/// <summary>Whom a case is handed to: mostly the office of its street, else a department whose name suits the matter.</summary>
sealed class Dispatching
{
    // Words of a category's name and of the departments that deal with such things.
    static readonly (string[] Matter, string[] Body)[] Competent =
    [
        (["水", "渍", "漏", "污"], ["水务", "排水"]),
        (["灯", "照明"], ["照明", "灯", "城管", "城市管理"]),
        (["绿", "树"], ["园林", "绿化"]),
        (["停车", "信号", "标志", "标线"], ["交通", "交管"]),
        (["路面", "道路", "人行道", "护栏", "井盖"], ["市政", "城建", "城管", "城市管理"]),
        (["线", "杆"], ["通信", "电力", "城建", "城管", "城市管理"]),
        (["施工", "扬尘", "搭建", "违建"], ["住建", "住房", "城建", "建设", "规划", "城管"]),
        (["油烟", "噪"], ["生态", "环保", "环境"]),
        (["燃气", "消"], ["应急", "燃气"]),
        (["占道", "经营", "广告", "垃圾", "卫生", "保洁", "单车", "公厕"], ["城管", "城市管理", "环卫"]),
    ];

    readonly Dictionary<string, string> categoryNames;
    readonly ILookup<string, Department> byArea;
    readonly List<Department> wide;
    readonly IReadOnlyList<Department> all;

    public Dispatching(City city)
    {
        all = city.Departments;
        categoryNames = city.Categories.GroupBy(category => category.Code).ToDictionary(same => same.Key, same => same.First().Name);
        byArea = all.Where(body => body.Level == "street" && body.Area is not null).ToLookup(body => body.Area ?? "");
        wide = [.. all.Where(body => body.Level != "street")];
    }

    /// <summary>The code of a body; after a return it is another one. Null when the city has none.</summary>
    public string? UnitFor(Case one)
    {
        var offices = one.Area is null ? [] : byArea[one.Area].ToList();
        var competent = CompetentFor(one);
        bool toOffice = Chance.Of(one.Id, 6) < 0.7;
        IEnumerable<Department> wanted = toOffice ? [.. offices, .. competent, .. wide] : [.. competent, .. offices, .. wide];
        var body = wanted.FirstOrDefault(body => body.Code != one.Unit) ?? (all.Count > 0 ? all[(int)(Chance.Of(one.Id, 7) * all.Count)] : null);
        return body?.Code;
    }

    List<Department> CompetentFor(Case one)
    {
        string matter = categoryNames.GetValueOrDefault(one.Category, "");
        var words = Competent.FirstOrDefault(row => row.Matter.Any(word => matter.Contains(word, StringComparison.Ordinal))).Body ?? [];
        string district = one.Area is { Length: >= 6 } street ? street[..6] : "";
        return [.. from body in wide
                   where words.Any(word => body.Name.Contains(word, StringComparison.Ordinal))
                   where body.Level == "city" || body.Area is null || (district.Length > 0 && body.Area.StartsWith(district, StringComparison.Ordinal))
                   orderby body.Level == "district" ? 0 : 1, body.Code
                   select body];
    }
}
