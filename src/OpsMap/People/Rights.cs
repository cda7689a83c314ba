using System.Text.Json;

namespace OpsMap.People;

/// <summary>What can be asked of OpsMap. Every route and hub call names one of these.</summary>
enum Operation
{
    SessionRead, SessionEnd, TokensOwn, CityRead, AreasRead, StationsRead, ResponsibleAsk,
    IncidentsRead, IncidentsReport, IncidentsMove, PositionsRead,
    FeedsRead, RejectsRead, FeedKeysManage, UsersManage, AuditRead,
    PatrolsRead, GapsRead, LiveWatch, DigestRead, FeedIncidents, FeedFixes,
}

/// <summary>How far an operation reaches for a role: nothing, what is its own, also what it shares with neighbours, or the whole city.</summary>
enum Reach { None, Own, Joint, All }

/// <summary>The one table of role x operation. HTTP and the hub ask it; what is not in it is refused.</summary>
static class Rights
{
    public static readonly string[] Roles =
        ["operator", "dispatcher", "duty-lead", "street-chief", "street-staff", "responder", "patroller", "planner", "reporter", "wall", "auditor", "admin"];

    /// <summary>The role of a feed's key; no person has it.</summary>
    public const string Feed = "feed";

    private static readonly Dictionary<Operation, Dictionary<string, Reach>> Table = Build();

    /// <summary>How far this operation reaches for this role.</summary>
    public static Reach Of(string role, Operation operation) => Table[operation].GetValueOrDefault(role);

    /// <summary>The operation as refusals and audit rows name it: incidents-read.</summary>
    public static string NameOf(Operation operation) => JsonNamingPolicy.KebabCaseLower.ConvertName(operation.ToString());

    private static Dictionary<Operation, Dictionary<string, Reach>> Build()
    {
        Dictionary<string, Reach> Row(params (Reach Reach, string[] Roles)[] cells) => cells.SelectMany(c => c.Roles.Select(r => (r, c.Reach))).ToDictionary(p => p.r, p => p.Reach);
        string[] centre = ["operator", "dispatcher", "duty-lead"], streets = ["street-chief", "street-staff"];
        return new()
        {
            [Operation.SessionRead] = Row((Reach.All, Roles)),
            [Operation.SessionEnd] = Row((Reach.Own, Roles)),
            [Operation.TokensOwn] = Row((Reach.Own, Roles)),
            [Operation.CityRead] = Row((Reach.All, Roles)),
            [Operation.AreasRead] = Row((Reach.All, Roles)),
            [Operation.StationsRead] = Row((Reach.All, Roles)),
            [Operation.ResponsibleAsk] = Row((Reach.All, Roles)),
            [Operation.IncidentsRead] = Row((Reach.All, [.. centre, "planner", "wall", "auditor"]), (Reach.Joint, streets), (Reach.Own, ["responder", "reporter", "patroller"])),
            [Operation.IncidentsReport] = Row((Reach.All, centre), (Reach.Joint, streets), (Reach.Own, ["patroller", "reporter", "responder"])),
            [Operation.IncidentsMove] = Row((Reach.All, centre), (Reach.Own, ["responder"])),
            [Operation.PositionsRead] = Row((Reach.All, [.. centre, "wall"]), (Reach.Joint, streets), (Reach.Own, ["responder", "patroller"])),
            [Operation.FeedsRead] = Row((Reach.All, [.. centre, "wall", "auditor", "admin"])),
            [Operation.RejectsRead] = Row((Reach.All, ["operator", "duty-lead", "admin"])),
            [Operation.FeedKeysManage] = Row((Reach.All, ["admin"])),
            [Operation.UsersManage] = Row((Reach.All, ["admin"])),
            [Operation.AuditRead] = Row((Reach.All, ["auditor", "admin"])),
            [Operation.PatrolsRead] = Row((Reach.All, [.. centre, "wall", "auditor"]), (Reach.Joint, streets), (Reach.Own, ["patroller"])),
            [Operation.GapsRead] = Row((Reach.All, [.. centre, "planner", "wall", "auditor"]), (Reach.Joint, streets)),
            [Operation.LiveWatch] = Row((Reach.All, Roles)),
            [Operation.DigestRead] = Row((Reach.All, [.. centre, "auditor", "admin"])),
            [Operation.FeedIncidents] = Row((Reach.Own, [Feed])),
            [Operation.FeedFixes] = Row((Reach.Own, [Feed])),
        };
    }
}
