using OpsMap.Simulator.Ground;

namespace OpsMap.Simulator.Reporting;

/// <summary>How one outside system reports. <c>Prefix</c> begins its source ids; <c>Words</c>: what its categories' names hold (none: all of them);
/// <c>Gcj02Share</c>: how many of its reports come with a phone's datum.</summary>
sealed record FeedProfile(string Prefix, double Weight, string[] Words, double Gcj02Share, double LowAccuracyMeters, double HighAccuracyMeters, string[] Openings)
{
    // By a word in the feed's code. A feed that holds none of them (test, units, …) is somebody else's.
    static readonly (string Word, FeedProfile Profile)[] Known =
    [
        ("12345", new("RX", 4, [], 0.3, 15, 60, ["市民来电反映：", "热线工单：", "市民网上留言："])),
        ("patrol", new("XC", 3, ["井盖", "占道", "经营", "广告", "单车", "非机动车", "停车", "垃圾", "施工", "护栏", "路面", "道路", "人行道", "绿", "树", "搭建", "线", "标"], 0, 3, 10, ["巡查发现：", "例行巡查上报："])),
        ("courier", new("PS", 3, ["井盖", "卫生", "垃圾", "线", "路面", "道路", "单车", "路灯", "树", "积水", "护栏", "杆"], 1, 5, 30, ["骑手随手拍：", "随手拍上报："])),
        ("water", new("SW", 0.8, ["水", "渍", "漏", "井盖"], 0, 3, 15, ["水务巡检：", "管网监测提示："])),
        ("light", new("ZM", 0.7, ["灯", "照明"], 0, 3, 10, ["照明巡检：", "单灯监控提示："])),
        ("sanit", new("HW", 0.8, ["垃圾", "卫生", "保洁", "公厕", "扬尘"], 0, 3, 15, ["环卫作业发现："])),
        ("park", new("YL", 0.5, ["绿", "树"], 0, 3, 15, ["园林巡查："])),
    ];

    /// <summary>Null for a feed that the simulator does not play.</summary>
    public static FeedProfile? Of(string feed) => Known.FirstOrDefault(known => feed.Contains(known.Word, StringComparison.OrdinalIgnoreCase)).Profile;

    /// <summary>Those of the city's categories that suit the feed; all of them when none does.</summary>
    public IReadOnlyList<Category> Suiting(IReadOnlyList<Category> categories)
    {
        var suiting = categories.Where(category => Words.Any(word => category.Name.Contains(word, StringComparison.Ordinal))).ToList();
        return suiting.Count > 0 ? suiting : categories;
    }
}
