namespace OpsMap.Seeds;

/// <summary>Names of areas as they are used inside other names.</summary>
static class Names
{
    /// <summary>四唯街道 → 四唯; 东湖风景区街道（武昌） → 东湖风景区.</summary>
    public static string Short(StreetFact street)
    {
        var name = street.Name.Replace("办事处街道", "街道");
        var end = name.IndexOf("街道", StringComparison.Ordinal);
        return end > 0 ? name[..end] : name.EndsWith('镇') || name.EndsWith('乡') ? name[..^1] : name;
    }

    /// <summary>保成社区 → 保成; a village keeps its 村.</summary>
    public static string Short(CommunityFact community) =>
        community.Name.EndsWith("社区") && community.Name.Length > 2 ? community.Name[..^2] : community.Name;

    /// <summary>The body that runs a street: 四唯街道办事处, 索河镇人民政府; where the name is a body's already, that name.</summary>
    public static string Office(StreetFact street) => street.Name switch
    {
        var n when n.Contains("街道管理委员会") => n,
        var n when n.Contains("街道") => Short(street) + "街道办事处",
        var n when n.EndsWith('镇') || n.EndsWith('乡') => n + "人民政府",
        var n when n.EndsWith("管理处") || n.EndsWith("委员会") || n.EndsWith("管委会") => n,
        var n => n + "片区办公室",
    };
}
