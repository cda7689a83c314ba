namespace OpsMap.Seeds;

/// <summary>How each kind of joint committee is made up: who chairs, who takes turns, when it meets, who may be a member.</summary>
static class Constitutions
{
    public const string Regional = "区域联合党委", Park = "园区综合党委", Industry = "产业集聚区综合党委", Alliance = "党建联盟";

    public static SeedConstitution Of(string kind, string level) => (kind, level) switch
    {
        (Regional, "street") => new("牵头街道党工委书记任书记", "副书记由成员街道每月轮值", "约每季度一次联席会议，遇事随时召开", ["街道", "驻区单位", "企业"]),
        (Regional, _) => new("所在街道领导班子成员任书记", "副书记由成员社区每月轮值", "约每季度一次联席会议，遇事随时召开", ["社区", "驻区单位", "企业"]),
        (Park, _) => new("所在街道领导班子成员任书记", "不设轮值", "定期召开", ["街道", "园区运营单位", "企业"]),
        (Industry, _) => new("书记由成员单位按届轮流担任，任前承诺、任满述职", "按届轮值", "定期召开", ["街道", "企业", "行业组织"]),
        (Alliance, _) => new("牵头街道党工委书记任召集人", "按届轮值", "按需召开", ["街道", "驻区单位", "社会组织"]),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of committee"),
    };

    /// <summary>About ten invented organisations of the classes that are not areas; each name says 示例.</summary>
    public static IReadOnlyList<SeedCommitteeMember> Members(SeedConstitution constitution, Dice dice)
    {
        var classes = constitution.MemberClasses.Skip(1).ToArray();
        var used = new HashSet<string>();
        var members = new List<SeedCommitteeMember>();
        for (var count = 9 + dice.Next(3); members.Count < count;)
        {
            var member = classes[members.Count % classes.Length];
            var name = $"{Ordinals[dice.Next(Ordinals.Length)]}{dice.Pick(Bodies[member])}（示例）";
            if (used.Add(name)) members.Add(new SeedCommitteeMember(member, name));
        }
        return members;
    }

    const string Ordinals = "甲乙丙丁戊己庚辛";

    static readonly Dictionary<string, string[]> Bodies = new()
    {
        ["驻区单位"] = ["小学", "中学", "幼儿园", "卫生服务站", "文化站", "图书馆", "公园管理处", "邮政网点", "银行网点", "供水营业厅", "客运站"],
        ["企业"] = ["物业公司", "商贸公司", "餐饮公司", "快递公司", "环卫公司", "停车服务公司", "家政公司", "建材公司", "设计公司", "软件公司"],
        ["园区运营单位"] = ["园区运营中心", "孵化器", "创业服务中心", "园区物业中心", "园区食堂"],
        ["行业组织"] = ["行业协会", "商会", "市场联合会", "行业服务中心", "产业联盟"],
        ["社会组织"] = ["志愿服务队", "社工服务中心", "老年协会", "商户联盟", "骑手互助会", "邻里互助社"],
    };
}
