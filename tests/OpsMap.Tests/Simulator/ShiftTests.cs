using OpsMap.Simulator.Moving;

namespace OpsMap.Tests.Simulator;

public sealed class ShiftTests
{
    static readonly DateTimeOffset Midnight = new(2026, 11, 17, 0, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData(3, 45, 110)]
    [InlineData(10, 120, 200)]
    [InlineData(15, 190, 260)]
    public void Of_300_units_this_many_are_on_duty(double hour, int fewest, int most) =>
        Enumerable.Range(0, 300).Count(i => Shift.Of($"U{i}", 1).BeganAt(Midnight.AddHours(hour)) is not null).ShouldBeInRange(fewest, most);

    [Fact]
    public void A_night_shift_that_is_on_after_midnight_began_the_day_before()
    {
        var night = new Shift(TimeSpan.FromHours(20), TimeSpan.FromHours(12));

        night.BeganAt(Midnight.AddHours(3).ToUniversalTime()).ShouldBe(Midnight.AddHours(-4));
        night.BeganAt(Midnight.AddHours(9)).ShouldBeNull();
        night.BeganAt(Midnight.AddHours(21)).ShouldBe(Midnight.AddHours(20));
    }
}
