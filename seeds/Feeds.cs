namespace OpsMap.Seeds;

/// <summary>What sends to the demo, and the categories it sends. Own words, not a standard's; nothing of public security.</summary>
static class Feeds
{
    public static readonly IReadOnlyList<SeedFeed> All =
    [
        new("hotline-12345", "12345 热线", "incidents"),
        new("city-patrol", "城管巡查", "incidents"),
        new("courier", "随手拍", "incidents"),
        new("water", "水务监测", "incidents"),
        new("lighting", "路灯监测", "incidents"),
        new("parks", "园林巡查", "incidents"),
        new("units", "单位定位", "positions"),
    ];

    public static readonly IReadOnlyList<SeedCategory> Categories =
    [
        new("manhole", "井盖破损", "Damaged manhole cover", "component", 2),
        new("street-light", "路灯不亮", "Street light out", "component", 3),
        new("cable", "缆线掉落", "Fallen cable", "component", 2),
        new("road-damage", "道路破损", "Damaged road", "component", 3),
        new("pavement", "人行道破损", "Damaged pavement", "component", 4),
        new("railing", "护栏损坏", "Damaged railing", "component", 3),
        new("road-sign", "路牌损坏", "Damaged road sign", "component", 4),
        new("litter-bin", "果皮箱破损", "Damaged litter bin", "component", 4),
        new("bench", "公共座椅损坏", "Damaged bench", "component", 4),
        new("traffic-light", "信号灯不亮", "Traffic light out", "component", 2),
        new("waste-pile", "垃圾堆放", "Waste pile", "event", 3),
        new("stall", "占道经营", "Street trading on the way", "event", 4),
        new("bike-pile", "单车乱停", "Bicycles in the way", "event", 4),
        new("water-leak", "水管漏水", "Water leak", "event", 2),
        new("flooded-road", "路面积水", "Water on the road", "event", 2),
        new("blocked-drain", "下水道堵塞", "Blocked drain", "event", 3),
        new("tree", "树木倒伏", "Fallen tree", "event", 2),
        new("green-damage", "绿地损坏", "Damaged greenery", "event", 4),
        new("small-ads", "乱贴广告", "Fly-posting", "event", 4),
        new("building-waste", "渣土堆放", "Building waste", "event", 3),
        new("dust", "扬尘", "Dust", "event", 3),
        new("noise", "噪声", "Noise", "event", 4),
    ];
}
