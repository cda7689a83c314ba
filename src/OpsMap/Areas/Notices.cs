namespace OpsMap.Areas;

/// <summary>A text in the two languages of the pages.</summary>
sealed record Bilingual(string Zh, string En);

/// <summary>What must stand beside what is shown.</summary>
static class Notices
{
    /// <summary>Beside every line that is drawn or sent.</summary>
    public static readonly Bilingual Legal = new("工作界线示意，不作为行政区域界线划定或权属依据", "Working lines, schematic; not a basis for delimiting administrative boundaries or title");

    /// <summary>On every page and print of a demo city.</summary>
    public static readonly Bilingual Demo = new("演示数据：事件、巡查、考核与组织构成均为虚构，不代表任何单位",
        "Demo data: incidents, patrols, assessments and organisation make-up are fictional and represent no real body");
}
