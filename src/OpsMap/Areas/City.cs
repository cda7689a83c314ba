namespace OpsMap.Areas;

/// <summary>The city as the pages show it.</summary>
/// <param name="Notice">What a demo must say everywhere; null for a real city.</param>
/// <param name="Bbox">West, south, east, north of its streets; null while it has none.</param>
/// <param name="ApprovalNo">审图号, shown at the map's edge; null when none was set.</param>
/// <param name="Empty">No edition of streets is in force: an import is due.</param>
sealed record CityFacts(string Name, bool Demo, Bilingual? Notice, Bilingual LegalNotice, double[]? Bbox, CityEdition? Edition, string? ApprovalNo, bool Empty);

sealed record CityEdition(long Id, string Name, string LegalStatus, DateTimeOffset ValidFrom, string Source);
