using OpsMap.Simulator.Ground;

namespace OpsMap.Simulator.Moving;

/// <summary>
/// The way of one unit through one shift. It goes along its street's boundary, through its blocks, pauses, and decides at the end of each leg.
/// Chance is drawn at those ends only, so the place at an instant does not depend on the steps taken: after a restart the unit is where it would be anyway.
/// </summary>
sealed class Walk
{
    const double SmoothingMeters = 12;
    readonly Beat beat;
    readonly Gait gait;
    readonly Random random;
    Line leg;
    double alongMeters, legMps, pauseSeconds;
    (Line Line, double ChainageMeters, int Direction)? onLine;

    public Walk(Beat beat, Gait gait, int seed)
    {
        this.beat = beat;
        this.gait = gait;
        random = new Random(seed);
        var home = beat.Home(random);
        leg = new Line([home, home]);
        pauseSeconds = random.Between(0, gait.ShortPause);
    }

    public Spot Position => leg.At(alongMeters);
    public double HeadingDegrees => leg.HeadingAt(alongMeters, SmoothingMeters);
    public double SpeedMps => pauseSeconds > 0 ? 0 : legMps;

    public void Advance(TimeSpan time)
    {
        double left = time.TotalSeconds;
        while (left > 0)
        {
            if (pauseSeconds > 0)
            {
                double waited = Math.Min(pauseSeconds, left);
                pauseSeconds -= waited;
                left -= waited;
            }
            else if (legMps > 0 && alongMeters + legMps * left < leg.LengthMeters)
            {
                alongMeters += legMps * left;
                return;
            }
            else
            {
                if (legMps > 0) left -= Math.Max(0, leg.LengthMeters - alongMeters) / legMps;
                Decide();
            }
        }
    }

    void Decide()
    {
        var here = leg.End;
        legMps = random.Between(gait.LowMps, gait.HighMps);
        pauseSeconds = random.NextDouble() < gait.PauseShare ? random.Between(gait.ShortPause, gait.LongPause) : 0;
        bool alongBoundary = random.NextDouble() < gait.BoundaryShare;
        var next = alongBoundary ? Boundary(here) ?? Inward(here) : Inward(here) ?? Boundary(here);
        if (next is null) pauseSeconds = gait.LongPause; // nowhere to go from here: look again later
        leg = next ?? new Line([here, here]);
        alongMeters = 0;
    }

    /// <summary>On along the boundary when already there, else the way to it.</summary>
    Line? Boundary(Spot here)
    {
        double length = random.Between(gait.ShortLegMeters, gait.LongLegMeters);
        if (onLine is { } on)
        {
            double to = Math.Clamp(on.ChainageMeters + on.Direction * length, 0, on.Line.LengthMeters);
            if (Math.Abs(to - on.ChainageMeters) > 30) return Follow(on.Line, on.ChainageMeters, to);
            if (beat.NearestLine(here, on.Line) is { OffMeters: < 30 } joined) return Enter(joined.Line, joined.ChainageMeters, length);
            return Enter(on.Line, on.ChainageMeters, length);
        }
        if (beat.NearestLine(here) is not { } near || near.OffMeters > gait.LongLegMeters) return null;
        if (near.OffMeters < 5) return Enter(near.Line, near.ChainageMeters, length);
        var way = beat.Way(here, near.Line.At(near.ChainageMeters));
        if (way is not null) onLine = (near.Line, near.ChainageMeters, random.Next(2) * 2 - 1);
        return way;
    }

    /// <summary>Along a line toward the end that is farther off.</summary>
    Line? Enter(Line line, double chainage, double length)
    {
        int direction = chainage < line.LengthMeters / 2 ? 1 : -1;
        double to = Math.Clamp(chainage + direction * length, 0, line.LengthMeters);
        return Math.Abs(to - chainage) < 1 ? null : Follow(line, chainage, to);
    }

    Line Follow(Line line, double from, double to)
    {
        onLine = (line, to, Math.Sign(to - from));
        return line.Between(from, to);
    }

    /// <summary>To a place inside the street; each failure looks nearer by.</summary>
    Line? Inward(Spot here)
    {
        double reach = gait.LongLegMeters;
        for (int attempt = 0; attempt < 8; attempt++, reach *= 0.75)
        {
            var target = attempt % 4 == 3 ? beat.Inside(random) : Nearby(here, reach);
            if (target is not { } spot || !beat.Holds(spot) || beat.Way(here, spot) is not { } way) continue;
            onLine = null;
            return way;
        }
        return null;
    }

    Spot Nearby(Spot here, double reach)
    {
        double bearing = random.Between(0, 2 * Math.PI), meters = random.Between(reach / 4, reach);
        return here.Moved(Math.Sin(bearing) * meters, Math.Cos(bearing) * meters);
    }
}
