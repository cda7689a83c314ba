using OpsMap.Simulator.Ground;

namespace OpsMap.Simulator.Reporting;

/// <summary>What people write. Neutral wording about things, never about persons or named premises.</summary>
static class Phrases
{
    // A category's name is looked up by the first word it contains; one that holds none of them is its own title.
    static readonly (string Word, string[] Titles)[] Titles =
    [
        ("井盖", ["井盖破损", "井盖松动异响", "井盖缺失，已临时围挡", "井盖下沉", "雨水箅子破损"]),
        ("路灯", ["路灯不亮", "路灯闪烁", "路灯灯罩脱落", "连续多盏路灯不亮", "路灯杆倾斜"]),
        ("照明", ["照明设施不亮", "桥下照明损坏", "小区外照明不足"]),
        ("下水道", ["下水道堵塞", "雨水口堵塞", "污水外溢"]),
        ("积水", ["路面积水", "下雨后路口积水", "人行道积水"]),
        ("渍水", ["道路渍水", "低洼处渍水", "涵洞渍水"]),
        ("排水", ["排水不畅", "雨水口堵塞", "污水外溢"]),
        ("污水", ["污水外溢", "污水管堵塞"]),
        ("漏", ["供水管道渗漏", "路面下疑似漏水", "阀门井渗水"]),
        ("供水", ["供水管道渗漏", "水压偏低", "路面下疑似漏水"]),
        ("水", ["路面冒水", "管道渗水", "消火栓漏水"]),
        ("渣土", ["渣土堆放", "建筑垃圾未清运"]),
        ("果皮箱", ["果皮箱破损", "果皮箱满溢", "果皮箱倾倒"]),
        ("垃圾", ["垃圾堆积", "垃圾桶满溢", "大件垃圾未清运"]),
        ("卫生", ["卫生死角", "绿化带内有垃圾", "路面油污"]),
        ("保洁", ["路面保洁不到位", "落叶堆积", "路面有散落物"]),
        ("线", ["缆线掉落", "缆线低垂", "架空线缆松脱"]),
        ("杆", ["电杆倾斜", "废弃线杆未拆除"]),
        ("路面", ["路面破损", "路面坑洼", "人行道地砖松动", "路面塌陷苗头"]),
        ("道路", ["道路破损", "路面坑洼", "路缘石缺失"]),
        ("人行道", ["人行道地砖破损", "人行道地砖松动", "盲道中断"]),
        ("护栏", ["护栏倾倒", "护栏破损", "隔离栏移位"]),
        ("信号", ["信号灯不亮", "信号灯时间异常"]),
        ("路牌", ["路名牌破损", "指路牌倾斜", "路牌被遮挡"]),
        ("标", ["标志牌倾斜", "标线模糊", "路名牌破损"]),
        ("停车", ["车辆占用人行道", "车辆违停影响通行", "消防通道停车"]),
        ("单车", ["共享单车乱停放", "共享单车占用盲道", "共享单车倒伏堆积"]),
        ("非机动车", ["非机动车乱停放", "电动车占用通道"]),
        ("占道", ["占道经营", "流动摊点占道", "店外经营"]),
        ("经营", ["店外经营", "流动摊点占道"]),
        ("乱贴", ["小广告未清理", "墙面乱贴广告", "线杆乱贴广告"]),
        ("广告", ["广告牌松动", "小广告未清理", "招牌破损"]),
        ("噪", ["施工噪声", "夜间施工扰民", "设备噪声"]),
        ("油烟", ["油烟扰民", "油烟净化设施异味"]),
        ("扬尘", ["工地扬尘", "渣土车抛洒"]),
        ("施工", ["施工围挡破损", "施工后路面未恢复", "施工占道未设标志"]),
        ("倒伏", ["树木倒伏", "树木倾斜", "树枝断落"]),
        ("树", ["树枝遮挡信号灯", "树木倾斜", "树枝掉落"]),
        ("绿", ["绿化带缺株", "绿化带踩踏破坏", "草皮枯死", "树枝遮挡路灯"]),
        ("公厕", ["公厕设施损坏", "公厕断水"]),
        ("健身", ["健身器材损坏", "健身器材松动"]),
        ("座椅", ["公共座椅破损"]),
        ("消", ["消火栓漏水", "消防通道堆物"]),
        ("电梯", ["电梯停运", "电梯异响"]),
        ("燃气", ["燃气井盖松动", "闻到异味，请核查"]),
        ("违建", ["疑似违规搭建", "屋顶搭建"]),
        ("搭建", ["疑似违规搭建", "占用公共空间搭建"]),
    ];

    static readonly string[] Landmarks =
        ["主路口附近", "公交站附近", "小区东门附近", "小区西门附近", "菜市场附近", "沿街商铺附近", "地铁站出入口附近", "学校周边附近", "桥下通道附近", "社区服务中心附近", "口袋公园附近", "停车场入口附近", "非机动车道附近", "背街小巷附近"];

    static readonly string[] BoundaryLandmarks = ["交界路段附近", "交界路口附近", "交界处人行道附近"];

    public static string Title(Category category, Random random)
    {
        foreach (var (word, titles) in Titles)
            if (category.Name.Contains(word, StringComparison.Ordinal)) return random.Pick(titles);
        return category.Name;
    }

    public static string Address(Place place, Random random) => place.Neighbour is { } neighbour
        ? $"{Full(place.Street)}与{neighbour.Name}{random.Pick(BoundaryLandmarks)}"
        : $"{Full(place.Street)}{random.Pick(Landmarks)}";

    /// <summary>Some names hold their district's already.</summary>
    static string Full(Street street) => street.Name.Contains(street.District, StringComparison.Ordinal) ? street.Name : street.District + street.Name;
}
