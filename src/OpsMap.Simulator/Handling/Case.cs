using OpsMap.Simulator.Reporting;
using OpsMap.Simulator.Wire;

namespace OpsMap.Simulator.Handling;

/// <summary>An incident as the list shows it. <c>Area</c>: the street's code, null when nobody's. <c>Own</c>: whether the simulator reported it.</summary>
sealed record Case(long Id, string Category, string Status, string? Area, string? Unit, DateTimeOffset ReportedAt, DateTimeOffset MovedAt, int Version, bool Own)
{
    /// <summary>Null when the item lacks what is needed to work on it.</summary>
    public static Case? Of(IncidentItem item) =>
        item is { Status: { } status, MovedAt: { } moved }
            ? new(item.Id, item.Category ?? "", status, item.Area?.Code, item.Unit, item.ReportedAt ?? moved, moved, item.Version ?? 0, ReportWriter.Wrote(item.SourceId))
            : null;
}

/// <summary>One step that somebody of <c>Role</c> will ask for.</summary>
sealed record Move(string To, string Role, string? Unit = null, string? Reason = null, string? Note = null);

/// <summary>What the server said no to while the case had this version. <c>Named</c>: the statuses that its refusals mentioned.</summary>
sealed record Refused(int Version)
{
    public HashSet<(string Role, string To)> Steps { get; } = [];
    public HashSet<string> Named { get; } = [];
}
