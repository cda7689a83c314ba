using NetTopologySuite.Geometries;
using OpsMap.Data;

namespace OpsMap.Tests.Data;

public sealed class GeometryTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task A_polygon_with_a_hole_comes_back_from_PostGIS_as_it_went_in()
    {
        var factory = new GeometryFactory(new PrecisionModel(), 4326);
        var shell = factory.CreateLinearRing([new(114, 30), new(115, 30), new(115, 31), new(114, 30)]);
        var hole = factory.CreateLinearRing([new(114.7, 30.2), new(114.8, 30.2), new(114.8, 30.3), new(114.7, 30.2)]);
        var polygon = factory.CreatePolygon(shell, [hole]);

        var back = await city.Db.QueryOneAsync("SELECT $1::geometry", r => r.GetFieldValue<Polygon>(0), TestContext.Current.CancellationToken, polygon);

        back.ShouldNotBeNull().EqualsExact(polygon).ShouldBeTrue();
        back.SRID.ShouldBe(4326);
    }

    [Fact]
    public async Task Points_travel_as_an_array()
    {
        var points = await city.Db.QueryOneAsync("SELECT ARRAY[ST_SetSRID(ST_MakePoint(114.3, 30.6), 4326), ST_SetSRID(ST_MakePoint(114.4, 30.5), 4326)]",
            r => r.GetFieldValue<Geometry[]>(0), TestContext.Current.CancellationToken);

        points.ShouldNotBeNull().Select(p => p.Coordinate.X).ShouldBe([114.3, 114.4]);
    }
}
