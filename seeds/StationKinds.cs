namespace OpsMap.Seeds;

/// <param name="Title">What stands after the place in a station's name.</param>
/// <param name="Capacity">Places, from and to.</param>
sealed record StationKind(string Name, string Title, string[] Services, string Hours, (int From, int To) Capacity, string OpeningScope);

/// <summary>The kinds of stations (党群服务阵地).</summary>
static class StationKinds
{
    public static readonly StationKind Centre = new(
        "社区党群服务中心", "党群服务中心", ["政务代办", "议事协商", "图书阅览", "便民热线", "老幼活动"], "08:30-20:30", (40, 160), "adjoining");

    public static readonly StationKind Outdoor = new("户外工作者驿站", "户外工作者驿站", ["饮水", "热饭", "充电", "休息", "应急药箱"], "07:00-22:00", (8, 24), "all");

    public static readonly StationKind[] Others =
    [
        new("小区党群服务驿站", "小区党群服务驿站", ["议事协商", "便民工具", "快递代收"], "09:00-18:00", (10, 30), "own"),
        Outdoor,
        new("江城蜂巢", "江城蜂巢", ["歇脚", "充电", "换电", "饮水", "随手拍上报"], "00:00-24:00", (6, 20), "all"),
        new("江城红领驿站", "江城红领驿站", ["骑手休息", "法律咨询", "技能培训"], "08:00-22:00", (12, 30), "all"),
        new("小哥食堂", "小哥食堂", ["平价餐", "热饭", "饮水"], "10:30-20:00", (20, 60), "all"),
        new("幸福食堂", "幸福食堂", ["老年助餐", "送餐上门"], "06:30-18:30", (30, 80), "adjoining"),
        new("司机之家", "司机之家", ["停车", "休息", "饮水", "洗漱"], "00:00-24:00", (10, 40), "all"),
        new("爱心驿站", "爱心驿站", ["饮水", "休息", "母婴室", "应急药箱"], "08:00-20:00", (6, 20), "all"),
        new("邻里服务区", "邻里服务区", ["维修", "理发", "缝补", "家政"], "09:00-19:00", (10, 40), "adjoining"),
    ];
}
