namespace OpsMap.Areas;

/// <summary>A polygon of the tree, without its outline.</summary>
/// <param name="Kind">街道, 镇, 乡 … where the level alone does not tell; empty elsewhere.</param>
/// <param name="Label">Longitude and latitude of a point inside, for the name.</param>
/// <param name="Edition">The id of the edition it belongs to.</param>
sealed record Area(long Id, string Code, string Name, string Level, string? Parent, string Kind, double[] Label, long Edition);

/// <summary>One dated version of the areas.</summary>
/// <param name="State">draft, reviewed or in_force.</param>
/// <param name="ValidFrom">In force from here until the next one's.</param>
/// <param name="LegalStatus">schematic, working or official: the status of every line in it.</param>
sealed record Edition(long Id, string Name, string State, DateTimeOffset ValidFrom, string LegalStatus, string Source, DateTimeOffset CreatedAt)
{
    /// <summary>Changes whenever another edition, or one of another database, is answered with.</summary>
    public string Tag => $"{Id}-{CreatedAt.UtcTicks:x}";
}

/// <summary>A list of areas with the status of its lines.</summary>
sealed record AreaList(IReadOnlyList<Area> Items, long Total, string? Next, EditionBrief? Edition, string? LegalStatus, Bilingual Notice);

sealed record EditionBrief(long Id, string Name);

/// <summary>The levels of the tree of areas, largest first; zones lie across it.</summary>
static class AreaLevels
{
    public static readonly string[] All = ["city", "district", "street", "community", "estate", "grid", "block", "zone"];
}
