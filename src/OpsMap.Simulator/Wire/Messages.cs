using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsMap.Simulator.Wire;

sealed record Report(
    string SourceId, string Category, string Title, string Description, DateTimeOffset ReportedAt,
    double Lon, double Lat, string Datum, double AccuracyM, string Address);

/// <summary>No heading while standing still.</summary>
sealed record Fix(string Unit, DateTimeOffset At, double Lon, double Lat, string Datum, double AccuracyM, double SpeedMps, double? HeadingDeg);

/// <summary><c>Ids</c>: one per item sent, null where it was rejected.</summary>
sealed record FeedAnswer(int Accepted, int Duplicates, long?[] Ids);

sealed record Credentials(string User, string Password);

sealed record SessionInfo(string? Role, string? Unit);

sealed record Transition(string To, string? Unit, string? Reason, string? Note);

sealed record Refusal(string? Detail);

sealed record AreaName(string? Code);

sealed record IncidentItem(long Id, string? Feed, string? SourceId, string? Category, string? Status, AreaName? Area, string? Unit, DateTimeOffset? ReportedAt, DateTimeOffset? MovedAt, int? Version);

sealed record IncidentList(List<IncidentItem> Items, int Total, JsonElement Next);

sealed record CategoryItem(string Code, string? NameZh);

sealed record CategoryList(List<CategoryItem> Items);

sealed record DepartmentItem(string Code, string? Name, string? Level, string? AreaCode);

sealed record DepartmentList(List<DepartmentItem> Items);

sealed record UnitItem(string Code, string? Kind, string? Street);

sealed record UnitList(List<UnitItem> Items);

sealed record AccountPerson(string User, string Password, string Role);

sealed record AccountFeed(string Feed, string Key);

sealed record AccountList(List<AccountPerson>? People, List<AccountFeed>? Feeds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<Report>))]
[JsonSerializable(typeof(Fix))]
[JsonSerializable(typeof(FeedAnswer))]
[JsonSerializable(typeof(Credentials))]
[JsonSerializable(typeof(SessionInfo))]
[JsonSerializable(typeof(Transition))]
[JsonSerializable(typeof(Refusal))]
[JsonSerializable(typeof(IncidentList))]
[JsonSerializable(typeof(CategoryList))]
[JsonSerializable(typeof(DepartmentList))]
[JsonSerializable(typeof(UnitList))]
[JsonSerializable(typeof(AccountList))]
sealed partial class Messages : JsonSerializerContext;
