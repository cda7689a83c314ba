namespace OpsMap.Simulator.Handling;

/// <summary>
/// What an operations centre does next with a case, and when. Everything follows from the case itself, so a restart goes on where it was.
/// Filing and closing are the operator's, dispatching the dispatcher's; for units without an account the dispatcher speaks.
/// </summary>
static class CaseWorker
{
    /// <summary>Statuses that are worked on, in the order of the loop.</summary>
    public static readonly IReadOnlyList<string> Open = ["reported", "filed", "dispatched", "handling", "fed_back", "returned"];

    /// <summary>How many open cases the centre settles on.</summary>
    const double UsualLoad = 260;
    static readonly TimeSpan OthersRest = TimeSpan.FromMinutes(10);

    static readonly string[] VoidReasons = ["重复上报", "现场核实未发现问题", "信息不全且无法联系上报人", "已自行恢复"];
    static readonly string[] ReturnReasons = ["不属于本单位职责范围", "位置在相邻街道一侧", "设施产权归其他单位", "需其他部门先行处置"];
    static readonly string[] HandlingNotes = ["已派人前往现场", "已到达现场", "已联系养护班组", "正在处置"];
    static readonly string[] FedBackNotes = ["已修复，现场已恢复", "已更换，设施正常", "已清理完毕", "已劝导整改", "已完成处置并复查"];
    static readonly string[] ClosedNotes = ["核查通过", "回访满意", "现场核查已恢复"];

    /// <summary>How much slower than usual units work: a quiet centre takes its time, a full one hurries.</summary>
    public static double Pace(int open) => Math.Clamp(Math.Pow(UsualLoad / Math.Max(1, open), 2), 0.2, 5);

    /// <summary>When the next step is due. A case of somebody else is left alone for ten minutes after each step, so that it does not run away from him.</summary>
    public static DateTimeOffset DueAt(Case one, double pace, double speed)
    {
        double draw = Chance.Of(one.Id, one.Version, 1);
        var (low, high) = one.Status switch
        {
            "reported" => (20.0, 120.0),
            "filed" => (30, 180),
            "dispatched" => (120 * pace, 900 * pace),
            "handling" => (480 * pace, 3_300 * pace),
            "fed_back" => (120 * pace, 1_200 * pace),
            _ => (180, 600),
        };
        var usual = TimeSpan.FromSeconds((low + (high - low) * draw) / speed);
        return one.MovedAt + (one.Own || usual > OthersRest ? usual : OthersRest);
    }

    /// <summary>The steps to try, best first; <paramref name="unit"/> is the body to dispatch to, null when the city has none.</summary>
    /// <param name="refused">What the server has refused of this version. Then a step to elsewhere than first meant is tried only when the server named it.</param>
    public static IReadOnlyList<Move> Next(Case one, string? unit, Refused? refused)
    {
        IReadOnlyList<Move> steps = one.Status switch
        {
            "reported" => Chance.Of(one.Id, 3) < 0.03 ? [Void(one), File] : [File, Void(one)],
            "filed" => unit is null ? [Void(one)] : Dispatch(unit),
            "dispatched" => Chance.Of(one.Id, one.Version, 4) < 0.06
                ? [.. OnBehalf("returned", one, reason: Pick(ReturnReasons, one)), .. OnBehalf("handling", one, note: Pick(HandlingNotes, one))]
                : OnBehalf("handling", one, note: Pick(HandlingNotes, one)),
            "handling" => OnBehalf("fed_back", one, note: Pick(FedBackNotes, one)),
            "fed_back" => [new Move("closed", "operator", Note: Pick(ClosedNotes, one)), new Move("closed", "duty-lead", Note: Pick(ClosedNotes, one))],
            "returned" => unit is null ? [] : Dispatch(unit),
            _ => [],
        };
        if (refused is null || refused.Version != one.Version) return steps;
        return [.. steps.Where(step => !refused.Steps.Contains((step.Role, step.To)) && (step.To == steps[0].To || refused.Named.Contains(step.To)))];
    }

    /// <summary>Whether a case of this age would have gone on long ago: how the first picture of a city gets its mix of statuses.</summary>
    public static bool IsBehind(Case one, DateTimeOffset now)
    {
        double? hours = one.Status switch
        {
            "reported" => 0.2,
            "filed" => 0.6,
            "dispatched" => 2,
            "handling" => 6,
            "fed_back" => 9,
            "returned" => 3,
            _ => null,
        };
        return one.Own && hours is { } usual && (now - one.ReportedAt).TotalHours > usual * (0.5 + Chance.Of(one.Id, 2));
    }

    /// <summary>The statuses that a refusal's text names.</summary>
    public static IReadOnlySet<string> Named(string? detail) =>
        (detail ?? "").Split([' ', ',', '.', ':', ';', '、', '，', '(', ')', '[', ']', '"', '\'', '`', '|', '/'], StringSplitOptions.RemoveEmptyEntries).ToHashSet();

    static readonly Move File = new("filed", "operator");

    static Move Void(Case one) => new("void", "operator", Reason: Pick(VoidReasons, one));

    static Move[] Dispatch(string unit) => [new("dispatched", "dispatcher", unit), new("dispatched", "duty-lead", unit)];

    static Move[] OnBehalf(string to, Case one, string? reason = null, string? note = null) =>
        [new(to, "responder", one.Unit, reason, note), new(to, "dispatcher", one.Unit, reason, note), new(to, "duty-lead", one.Unit, reason, note)];

    static string Pick(string[] texts, Case one) => texts[(int)(Chance.Of(one.Id, one.Version, 5) * texts.Length)];
}
