using OpsMap.Simulator.Ground;

namespace OpsMap.Tests.Simulator;

public sealed class DatumTests
{
    [Theory]
    [InlineData(114.30, 30.60)]
    [InlineData(113.70, 29.98)]
    [InlineData(115.05, 31.35)]
    public void A_place_converted_there_and_back_is_within_a_metre(double lon, double lat)
    {
        var place = new Spot(lon, lat);

        Datum.FromGcj02(Datum.ToGcj02(place)).MetersTo(place).ShouldBeLessThan(1);
    }

    [Fact]
    public void In_Wuhan_the_two_datums_are_nearly_600_metres_apart() =>
        Datum.ToGcj02(new Spot(114.30, 30.60)).MetersTo(new Spot(114.30, 30.60)).ShouldBeInRange(550, 620);
}
