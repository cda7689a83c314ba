using System.Text.Json.Nodes;
using OpsMap.Web;

namespace OpsMap.Incidents;

/// <summary>An incident as far as a move needs it.</summary>
/// <param name="Detail">All of it, as the detail page shows it; without the moves.</param>
sealed record Incident(long Id, string Status, int Version, string[] Scopes, JsonObject Detail);

/// <summary>What a caller wants done: POST /api/incidents/{id}/transitions.</summary>
/// <param name="To">One of the statuses.</param>
/// <param name="Unit">The department, office or unit that is to handle it; needed for dispatched.</param>
/// <param name="Reason">Needed for void, returned and hung.</param>
sealed record Transition(string To, string? Unit = null, string? Reason = null, string? Note = null);

/// <summary>What a list of incidents is narrowed by; null narrows nothing.</summary>
/// <param name="Scopes">Only incidents that one of these may see; null for the whole city.</param>
/// <param name="Since">Reported at or after.</param>
/// <param name="Before">Ids below this one.</param>
sealed record IncidentQuery(
    string[]? Scopes, Bbox? Box, string[]? Status, string[]? Street, long? Committee, string[]? Category, DateTimeOffset? Since, long? Before, int Limit);
