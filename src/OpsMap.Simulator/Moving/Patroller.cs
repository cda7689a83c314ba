using OpsMap.Simulator.Ground;
using OpsMap.Simulator.Wire;

namespace OpsMap.Simulator.Moving;

/// <summary>One unit from day to day: its shifts, its walk while on duty, and what its device sends.</summary>
sealed class Patroller(Unit unit, Beat beat, int seed)
{
    /// <summary>A device that stands still sends less often, but often enough not to be thought lost.</summary>
    const int TicksStanding = 5;
    readonly Gait gait = Gait.Of(unit.Kind);
    readonly Shift shift = Shift.Of(unit.Code, seed);
    readonly int phase = Chance.Seed(unit.Code) % 60;
    readonly Receiver receiver = new(Chance.Seed(unit.Code, seed + 1));
    Walk? walk;
    DateTimeOffset began, walkedTo, sentAt;

    /// <summary>The fix of this instant, or null when the unit is off duty or its device is not due.</summary>
    public Fix? Tick(DateTimeOffset now, long tick)
    {
        if (shift.BeganAt(now) is not { } start)
        {
            walk = null;
            return null;
        }
        if (walk is null || start != began)
        {
            walk = new Walk(beat, gait, Chance.Seed(unit.Code, seed * 1_000L + LocalTime.Of(start).DayOfYear));
            began = walkedTo = start;
        }
        if (now > walkedTo) // else the clock was set back, and the unit waits
        {
            walk.Advance(now - walkedTo);
            walkedTo = now;
        }
        if ((tick + phase) % (walk.SpeedMps == 0 ? TicksStanding : gait.EveryTicks) != 0) return null;

        var (spot, accuracy) = receiver.Read(walk.Position, now - sentAt);
        sentAt = now;
        return new Fix(unit.Code, now, Math.Round(spot.Lon, 6), Math.Round(spot.Lat, 6), "wgs84", accuracy,
            Math.Round(walk.SpeedMps, 1), walk.SpeedMps == 0 ? null : Math.Round(walk.HeadingDegrees) % 360);
    }
}
