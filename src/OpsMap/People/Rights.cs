using System.Collections.Frozen;
using System.Text.Json;

namespace OpsMap.People;

/// <summary>What can be asked of OpsMap. Every route and hub call names one of these.</summary>
enum Operation
{
    SessionRead, SessionEnd, AccountsOpen, TokensOwn, CityRead, AreasRead, StationsRead, ResponsibleAsk,
    IncidentsRead, IncidentsReport, IncidentsMove, PositionsRead,
    FeedsRead, RejectsRead, FeedKeysManage, UsersManage, AuditRead,
    PatrolsRead, GapsRead, LiveWatch, DigestRead, FeedIncidents, FeedFixes,
}

/// <summary>How far an operation reaches for a role: nothing, what is its own, also what it shares with neighbours, or the whole city.</summary>
/// <remarks>Own and Joint are decided row by row, by the row's scopes: a row of a shared corridor carries the neighbour's scope where a committee is in common.</remarks>
enum Reach { None, Own, Joint, All }

/// <summary>The one table of role x operation. HTTP and the hub ask it; what is not in it is refused.</summary>
static class Rights
{
    public static readonly string[] Roles =
        ["operator", "dispatcher", "duty-lead", "street-chief", "street-staff", "responder", "patroller", "planner", "reporter", "wall", "auditor", "admin"];

    /// <summary>The role of a feed's key; no person has it.</summary>
    public const string Feed = "feed";

    private static readonly string[] Centre = ["operator", "dispatcher", "duty-lead"], Streets = ["street-chief", "street-staff"], Field = ["responder", "patroller"];

    private sealed record Row(Operation Operation)
    {
        public string[] All { get; init; } = [];
        public string[] Joint { get; init; } = [];
        public string[] Own { get; init; } = [];
    }

    private static readonly Row[] Rows =
    [
        // Everybody may ask who they are, and leave.
        new(Operation.SessionRead) { Own = Roles },
        new(Operation.SessionEnd) { Own = Roles },
        // The page of one's own tokens, with what else the role manages or checks: for whoever has at least the first.
        new(Operation.AccountsOpen) { Own = [.. Roles.Except(["wall"])] },
        // A token reads as its owner does, so it gives nothing that the owner lacks. A wall hangs where anybody may touch it: none there.
        new(Operation.TokensOwn) { Own = [.. Roles.Except(["wall"])] },
        // The map itself, its lines, committees and stations are the same for all: a street must see its neighbours to work with them.
        new(Operation.CityRead) { All = Roles },
        new(Operation.AreasRead) { All = Roles },
        new(Operation.StationsRead) { All = Roles },
        new(Operation.ResponsibleAsk) { All = Roles },
        // The centre watches, planners count, auditors check, the wall shows the whole city. A street sees its own and, with a committee in common, what lies
        // on the shared line. Whoever is in the field sees what was given to their unit or what they reported. The administrator has no cases.
        new(Operation.IncidentsRead) { All = [.. Centre, "planner", "wall", "auditor"], Joint = Streets, Own = [.. Field, "reporter"] },
        // Whoever stands before it or takes the call files it by hand; who only reads does not.
        new(Operation.IncidentsReport) { All = Centre, Joint = Streets, Own = [.. Field, "reporter"] },
        // Which step whose is, the case loop says. A street moves what it shares too, or nobody would (a case of two must not wait for one).
        new(Operation.IncidentsMove) { All = Centre, Joint = Streets, Own = ["responder"] },
        // Where units are now, never who they are. Not for planners and auditors: tracks are read through audited routes only.
        new(Operation.PositionsRead) { All = [.. Centre, "wall"], Joint = Streets, Own = Field },
        // The health of the sources: who depends on them, who shows them, who mends them.
        new(Operation.FeedsRead) { All = [.. Centre, "wall", "auditor", "admin"] },
        // Rejected items hold what callers wrote: only who can have them sent again.
        new(Operation.RejectsRead) { All = ["operator", "duty-lead", "admin"] },
        // Accounts and keys: the administrator alone, and on record.
        new(Operation.FeedKeysManage) { All = ["admin"] },
        new(Operation.UsersManage) { All = ["admin"] },
        // The administrator reads the record too but cannot change it; nobody can.
        new(Operation.AuditRead) { All = ["auditor", "admin"] },
        // Who walks what, by unit: the centre and the streets plan with it, a patroller sees their own; planners read passes, not rounds.
        new(Operation.PatrolsRead) { All = [.. Centre, "wall", "auditor"], Joint = Streets, Own = ["patroller"] },
        // What a boundary lacks: for both sides of the line; the field has no part in it.
        new(Operation.GapsRead) { All = [.. Centre, "planner", "wall", "auditor"], Joint = Streets },
        // The live line: each topic asks its own row again, and each item its scopes.
        new(Operation.LiveWatch) { All = Roles },
        // Counts and hashes of the picture, which tell whether a node shows what the database holds: for whoever answers for that.
        new(Operation.DigestRead) { All = [.. Centre, "auditor", "admin"] },
        // A feed sends under its own name and does nothing else; no person sends as a feed.
        new(Operation.FeedIncidents) { Own = [Feed] },
        new(Operation.FeedFixes) { Own = [Feed] },
    ];

    private static readonly FrozenDictionary<(Operation, string), Reach> Table = Rows
        .SelectMany(row => Cells(row.Operation, Reach.All, row.All).Concat(Cells(row.Operation, Reach.Joint, row.Joint)).Concat(Cells(row.Operation, Reach.Own, row.Own)))
        .ToFrozenDictionary(cell => cell.Key, cell => cell.Reach);

    /// <summary>How far this operation reaches for this role.</summary>
    public static Reach Of(string role, Operation operation) => Table.GetValueOrDefault((operation, role));

    /// <summary>The operation as refusals and audit rows name it, in the style of every audit row: incidents.read.</summary>
    public static string NameOf(Operation operation) => JsonNamingPolicy.KebabCaseLower.ConvertName(operation.ToString()).Replace('-', '.');

    /// <summary>What a role may do at all, by name: what a page asks to know which of its parts to show.</summary>
    public static IReadOnlyList<string> NamesFor(string role) => [.. Enum.GetValues<Operation>().Where(o => Of(role, o) != Reach.None).Select(NameOf)];

    private static IEnumerable<((Operation, string) Key, Reach Reach)> Cells(Operation operation, Reach reach, string[] roles) => roles.Select(role => ((operation, role), reach));
}
