using NetTopologySuite.Geometries;
using OpsMap.Seeds;

namespace OpsMap.Tests.Seeds;

public sealed class RiverTests
{
    static readonly SeedCity city = TheCity.City;

    [Fact]
    public void The_Yangtze_and_the_Han_are_valid_water_that_does_not_overlap()
    {
        city.Waters.Select(w => w.Name).ShouldBe(["长江", "汉江"]);
        city.Waters.ShouldAllBe(w => w.Geom.IsValid && w.Geom.NumGeometries == 1 && w.Geom.SRID == 4326);
        city.Waters[0].Geom.Relate(city.Waters[1].Geom)[0, 0].ShouldBe(Dimension.False);
    }

    [Theory]
    [InlineData("yangtze", "left", 2)]
    [InlineData("yangtze", "right", 1)]
    [InlineData("han", "left", 1)]
    [InlineData("han", "right", 1)]
    public void Each_bank_is_a_line_of_its_own_cut_where_the_Han_joins(string water, string side, int pieces)
    {
        var banks = city.Banks.Where(b => b.WaterCode == water && b.Side == side).ToArray();

        banks.Length.ShouldBe(pieces);
        banks.ShouldAllBe(b => b.Geom.IsSimple && b.Geom.StartPoint.X < b.Geom.EndPoint.X, "both rivers flow east");
    }

    [Fact]
    public void The_rivers_part_the_districts_along_their_middle()
    {
        SeedArea Named(string name) => TheCity.Level("district").Single(d => d.Name == name);
        var line = Named("江岸区").Geom.Intersection(Named("武昌区").Geom);

        line.Length.ShouldBeGreaterThan(0.05);
        city.Waters[0].Geom.Boundary.Distance(line).ShouldBeGreaterThan(0.003, "some 400 metres from either bank");
        city.Waters[0].Geom.Covers(line).ShouldBeTrue();
    }

    [Fact]
    public void Names_of_areas_are_written_on_dry_ground()
    {
        city.Areas.Where(a => a.Level != "city").ShouldAllBe(a => !city.Waters.Any(w => w.Geom.Contains(a.Label)));
    }
}
