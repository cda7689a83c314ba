using OpsMap.Simulator.Reporting;

namespace OpsMap.Tests.Simulator;

public sealed class RhythmTests
{
    static readonly DateTimeOffset Monday = new(2026, 11, 16, 0, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData(9, 13)]
    [InlineData(18.5, 15)]
    [InlineData(13, 22.5)]
    [InlineData(22, 3)]
    public void More_is_reported_at_the_first_hour_than_at_the_second(double more, double less) =>
        Rhythm.At(Monday.AddHours(more)).ShouldBeGreaterThan(Rhythm.At(Monday.AddHours(less)));

    [Fact]
    public void By_day_something_new_comes_every_10_to_20_seconds()
    {
        for (double hour = 8; hour <= 20; hour += 0.25) (3600 / Rhythm.At(Monday.AddHours(hour))).ShouldBeInRange(10, 20);
    }

    [Fact]
    public void It_goes_by_the_hour_of_Shanghai_whatever_the_offset_says() =>
        Rhythm.At(Monday.AddHours(9).ToUniversalTime()).ShouldBe(Rhythm.At(Monday.AddHours(9)));

    [Fact]
    public void A_weekend_is_quieter() => Rhythm.At(Monday.AddDays(5).AddHours(9)).ShouldBeLessThan(Rhythm.At(Monday.AddHours(9)));

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void Arrivals_come_at_the_rate_times_the_speed(double speed)
    {
        var random = new Random(1);
        var (from, to) = (Monday.AddHours(13), Monday.AddHours(15));
        int arrivals = 0;

        for (int day = 0; day < 40; day++)
            for (var next = Rhythm.NextAfter(from, speed, random); next < to; next = Rhythm.NextAfter(next, speed, random)) arrivals++;

        (arrivals / 80.0).ShouldBe(Rhythm.At(Monday.AddHours(14)) * speed, 15 * speed);
    }

    [Fact]
    public void A_past_day_is_spread_in_order_and_mostly_over_the_busy_hours()
    {
        var past = Rhythm.Spread(Monday, Monday.AddHours(20), 250, new Random(1));

        past.Count.ShouldBe(250);
        past.ShouldBeInOrder();
        past.ShouldAllBe(at => at >= Monday && at <= Monday.AddHours(20));
        past.Count(at => at.Hour is 8 or 9 or 17 or 18 or 19).ShouldBeGreaterThan(past.Count(at => at.Hour < 6) * 3);
    }
}
