using NetTopologySuite.Geometries;

namespace OpsMap.Seeds;

/// <summary>Everything the demo city is seeded with. Geometries EPSG:4326, lon before lat, degrees rounded to 1e-7; lists in a fixed order.</summary>
/// <param name="ValidFrom">When the edition comes into force.</param>
/// <param name="Source">One line for every answer that carries a line of this edition.</param>
/// <param name="Bbox">west, south, east, north.</param>
public sealed record SeedCity(
    string Name,
    string EditionName,
    DateTimeOffset ValidFrom,
    string LegalStatus,
    string Source,
    IReadOnlyList<double> Bbox,
    IReadOnlyList<SeedArea> Areas,
    IReadOnlyList<SeedWater> Waters,
    IReadOnlyList<SeedBank> Banks,
    IReadOnlyList<SeedCommittee> Committees,
    IReadOnlyList<SeedStation> Stations,
    IReadOnlyList<SeedDepartment> Departments,
    IReadOnlyList<SeedUnit> Units,
    IReadOnlyList<SeedFeed> Feeds,
    IReadOnlyList<SeedCategory> Categories);

/// <param name="Level">city, district, street or community; parents come before children.</param>
/// <param name="ParentCode">Null for the city.</param>
/// <param name="Kind">市, 区, 街道, 镇, 乡, 功能区, 社区, 村 …</param>
/// <param name="Label">A point inside, on dry land where there is any.</param>
public sealed record SeedArea(string Level, string Code, string Name, string? ParentCode, string Kind, MultiPolygon Geom, Point Label);

public sealed record SeedWater(string Code, string Name, string Kind, MultiPolygon Geom);

/// <summary>One connected piece of a bank; a bank is cut where another river joins.</summary>
/// <param name="Side">left or right as seen downstream; the line runs downstream.</param>
public sealed record SeedBank(string WaterCode, string Side, LineString Geom);

/// <param name="Level">street or community: what its areas are.</param>
/// <param name="Example">Invented for the demo; its name says 示例 too.</param>
public sealed record SeedCommittee(
    string Name, string Kind, string Level, SeedConstitution Constitution, bool Example,
    IReadOnlyList<SeedCommitteeArea> Areas, IReadOnlyList<SeedCommitteeMember> Members);

public sealed record SeedConstitution(string Chair, string Rota, string Meetings, IReadOnlyList<string> MemberClasses);

public sealed record SeedCommitteeArea(string Code, bool Lead);

public sealed record SeedCommitteeMember(string Class, string Name);

/// <param name="Hours">HH:mm-HH:mm, local time.</param>
/// <param name="Capacity">Places to sit.</param>
/// <param name="Worker">The alias of the resident worker, never a person's name.</param>
/// <param name="OpeningScope">own, adjoining or all.</param>
/// <param name="State">open or closed.</param>
public sealed record SeedStation(
    string Code, string Kind, string Name, string StreetCode, string? CommunityCode, IReadOnlyList<string> Services,
    string Hours, int Capacity, string Worker, string OpeningScope, string State, Point Point);

/// <param name="Level">city, district or street.</param>
public sealed record SeedDepartment(string Code, string Name, string Level, string? AreaCode);

/// <param name="Kind">foot, vehicle or sanitation.</param>
public sealed record SeedUnit(string Code, string Name, string Kind, string StreetCode, string DepartmentCode);

/// <param name="Kind">incidents or positions.</param>
public sealed record SeedFeed(string Code, string Name, string Kind);

/// <param name="Kind">event or component.</param>
/// <param name="Severity">1 (gravest) to 4.</param>
public sealed record SeedCategory(string Code, string NameZh, string NameEn, string Kind, int Severity);
