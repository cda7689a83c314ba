namespace OpsMap.Incidents;

/// <summary>A move along the loop.</summary>
/// <param name="Roles">Who may make it. Supervision (operator) files, verifies and voids; command (dispatcher) dispatches; the duty lead does both;
/// a unit handles its own, and where nobody of it is signed up command enters what it says on its behalf (代办; the audit row names who did).</param>
/// <param name="Needs">What must be sent with it: unit, reason.</param>
sealed record CaseMove(string From, string To, string[] Roles, string[] Needs);

/// <summary>A move that the caller may make now, as an incident's answer lists it.</summary>
sealed record AllowedMove(string To, IReadOnlyList<string> Needs);

/// <summary>The steps of a case: 信息收集 reported, 案卷建立 filed, 任务派遣 dispatched, 任务处理 handling, 处理反馈 fed_back, 核查结案 closed, 综合评价 evaluated;
/// beside them 退单 returned, 挂账 hung and void. Pure.</summary>
static class CaseLoop
{
    public static readonly string[] Statuses = ["reported", "filed", "dispatched", "handling", "fed_back", "closed", "evaluated", "returned", "hung", "void"];

    private static readonly string[] Supervision = ["operator", "duty-lead"], Command = ["dispatcher", "duty-lead"], Unit = ["responder", "dispatcher", "duty-lead"], Nothing = [], Whom = ["unit"], Why = ["reason"];

    /// <summary>Every move there is.</summary>
    public static readonly CaseMove[] Moves =
    [
        new("reported", "filed", Supervision, Nothing), new("reported", "void", Supervision, Why),
        new("filed", "dispatched", Command, Whom), new("filed", "closed", Supervision, Nothing), new("filed", "hung", Command, Why), new("filed", "void", Supervision, Why),
        new("dispatched", "handling", Unit, Nothing), new("dispatched", "returned", Unit, Why), new("dispatched", "hung", Command, Why),
        new("handling", "fed_back", Unit, Nothing), new("handling", "returned", Unit, Why), new("handling", "hung", Command, Why),
        new("fed_back", "closed", Supervision, Nothing), new("fed_back", "dispatched", Command, Whom),
        new("returned", "dispatched", Command, Whom), new("returned", "hung", Command, Why), new("returned", "void", Supervision, Why),
        new("hung", "dispatched", Command, Whom), new("hung", "closed", Supervision, Nothing),
        new("closed", "evaluated", Supervision, Nothing),
    ];

    /// <summary>The move from one status to another for a role; null when there is none.</summary>
    public static CaseMove? Find(string from, string to, string role) => Array.Find(Moves, m => m.From == from && m.To == to && m.Roles.Contains(role));

    /// <summary>Whether a case of this status can be moved there, but only by somebody else.</summary>
    public static bool IsOthers(string from, string to, string role) => Array.Exists(Moves, m => m.From == from && m.To == to && !m.Roles.Contains(role));

    /// <summary>What the role may do with a case of this status.</summary>
    public static IReadOnlyList<AllowedMove> MovesFrom(string from, string role) => [.. Moves.Where(m => m.From == from && m.Roles.Contains(role)).Select(m => new AllowedMove(m.To, m.Needs))];

    /// <summary>The same in words, with who else may do what.</summary>
    public static string Describe(string from, string role)
    {
        CaseMove[] all = [.. Moves.Where(m => m.From == from)];
        if (all.Length == 0) return $"a case that is {from} is moved no further";
        var own = string.Join(", ", all.Where(m => m.Roles.Contains(role)).Select(Words));
        var everybody = string.Join(", ", all.Select(m => $"{m.To} ({string.Join(" or ", m.Roles)})"));
        return $"from {from} {role} may move it to {(own.Length == 0 ? "nothing" : own)}; all moves: {everybody}";
    }

    private static string Words(CaseMove move) => move.Needs.Length == 0 ? move.To : $"{move.To} (with {string.Join(", ", move.Needs)})";
}
