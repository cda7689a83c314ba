namespace OpsMap.Simulator.Moving;

/// <summary>How a kind of unit moves. A leg is one stretch of way between two decisions; <c>EveryTicks</c>: how often it sends a fix while moving.</summary>
sealed record Gait(double LowMps, double HighMps, double ShortLegMeters, double LongLegMeters, double ShortPause, double LongPause, double PauseShare, double BoundaryShare, int EveryTicks)
{
    static readonly Gait Foot = new(1.0, 1.4, 150, 700, 40, 300, 0.35, 0.55, 3);
    static readonly Gait Vehicle = new(6, 9, 600, 2_500, 60, 420, 0.30, 0.40, 1);
    static readonly Gait Sanitation = new(2.6, 3.4, 300, 1_200, 15, 120, 0.40, 0.45, 2);

    /// <summary>An unknown kind walks.</summary>
    public static Gait Of(string kind) => kind switch
    {
        "vehicle" => Vehicle,
        "sanitation" => Sanitation,
        _ => Foot,
    };
}
