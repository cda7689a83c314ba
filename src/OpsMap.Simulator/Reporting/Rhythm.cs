namespace OpsMap.Simulator.Reporting;

/// <summary>How many reports a city sends at which hour (local time): quiet at night, most between 8 and 10 and between 17 and 20, less at weekends.</summary>
static class Rhythm
{
    const double WeekendShare = 0.85;

    // Reports an hour at half past each hour; about 4,300 on a working day, one every 11 s at the busiest and every two minutes at the quietest.
    static readonly double[] PerHour =
        [45, 35, 30, 30, 35, 55, 110, 190, 310, 320, 250, 230, 200, 195, 215, 230, 250, 320, 330, 295, 220, 165, 110, 70];

    static readonly double Most = PerHour.Max();

    /// <summary>Reports an hour at this instant.</summary>
    public static double At(DateTimeOffset instant)
    {
        var local = LocalTime.Of(instant);
        double hour = local.TimeOfDay.TotalHours - 0.5 + 24;
        int before = (int)hour;
        double share = hour - before;
        double rate = PerHour[before % 24] * (1 - share) + PerHour[(before + 1) % 24] * share;
        return local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? rate * WeekendShare : rate;
    }

    /// <summary>The next arrival of a Poisson process of this rate times <paramref name="speed"/>: drawn at the highest rate, then thinned.</summary>
    public static DateTimeOffset NextAfter(DateTimeOffset instant, double speed, Random random)
    {
        do instant += TimeSpan.FromHours(-Math.Log(1 - random.NextDouble()) / (Most * speed));
        while (random.NextDouble() * Most > At(instant));
        return instant;
    }

    /// <summary>So many instants of the past, as the rhythm would have spread them, oldest first.</summary>
    public static IReadOnlyList<DateTimeOffset> Spread(DateTimeOffset from, DateTimeOffset to, int count, Random random)
    {
        var instants = new List<DateTimeOffset>(count);
        while (instants.Count < count)
        {
            var instant = from + (to - from) * random.NextDouble();
            if (random.NextDouble() * Most <= At(instant)) instants.Add(instant);
        }
        instants.Sort();
        return instants;
    }
}
