namespace OpsMap.Simulator.Moving;

/// <summary>The hours of a unit, the same every day (local time): half work by day, a quarter from noon to late evening, a quarter through the night.</summary>
readonly record struct Shift(TimeSpan StartOfDay, TimeSpan Length)
{
    public static Shift Of(string unit, int seed)
    {
        int hash = Chance.Seed(unit, seed);
        var (start, length) = Chance.Of(hash, 1) switch
        {
            < 0.50 => (6.75, 12.0),
            < 0.75 => (10.5, 11.5),
            _ => (19.5, 12.0),
        };
        return new(TimeSpan.FromHours(start + 1.5 * (Chance.Of(hash, 2) - 0.5)), TimeSpan.FromHours(length));
    }

    /// <summary>When the shift that is on at <paramref name="now"/> began; null when the unit is off duty.</summary>
    public DateTimeOffset? BeganAt(DateTimeOffset now)
    {
        var local = LocalTime.Of(now);
        var midnight = local - local.TimeOfDay;
        foreach (var start in (ReadOnlySpan<DateTimeOffset>)[midnight + StartOfDay, midnight.AddDays(-1) + StartOfDay])
            if (start <= now && now < start + Length) return start;
        return null;
    }
}
