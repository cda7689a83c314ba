namespace OpsMap.Patrols;

/// <summary>A team or vehicle that moves; never a person.</summary>
/// <param name="Kind">foot, vehicle or sanitation.</param>
/// <param name="Street">The street it is at home in; null for one of the whole city.</param>
sealed record Unit(long Id, string Code, string Name, string Kind, string? Street, string? StreetName, string? Department);

/// <summary>Where a unit was at an instant.</summary>
/// <param name="Index">Its place in the body it came with.</param>
sealed record Fix(int Index, string Unit, DateTimeOffset At, double Lon, double Lat, float? AccuracyM, float? SpeedMps, float? HeadingDeg);
