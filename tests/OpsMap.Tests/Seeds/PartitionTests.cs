using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using OpsMap.Seeds;

namespace OpsMap.Tests.Seeds;

public sealed class PartitionTests
{
    [Theory]
    [InlineData("city", 1)]
    [InlineData("district", 13)]
    [InlineData("street", 181)]
    [InlineData("community", 3344)]
    public void Every_area_of_a_level_is_valid_has_no_hole_and_its_label_inside(string level, int count)
    {
        var areas = TheCity.Level(level);

        areas.Count.ShouldBe(count);
        areas.Select(a => a.Code).ShouldBeUnique();
        areas.ShouldAllBe(a => a.Geom.IsValid && a.Geom.SRID == 4326 && a.Geom.Contains(a.Label));
        areas.ShouldAllBe(a => a.Geom.Geometries.All(p => ((Polygon)p).NumInteriorRings == 0));
    }

    [Theory]
    [InlineData("district", "city")]
    [InlineData("street", "district")]
    [InlineData("community", "street")]
    public void Areas_cover_their_parent_without_holes_or_overlaps(string level, string parentLevel)
    {
        var (areas, parents) = (TheCity.Level(level), TheCity.Level(parentLevel));

        foreach (var parent in parents)
        {
            var children = areas.Where(a => a.ParentCode == parent.Code).ToArray();
            children.Sum(c => c.Geom.Area).ShouldBe(parent.Geom.Area, parent.Geom.Area * 1e-9, parent.Name);
            OuterSides(children).SequenceEqual(OuterSides([parent])).ShouldBeTrue(parent.Name);
        }
    }

    [Fact]
    public void Each_street_and_each_community_is_in_one_piece()
    {
        TheCity.Level("street").Concat(TheCity.Level("community")).ShouldAllBe(a => a.Geom.NumGeometries == 1);
    }

    [Fact]
    public void No_two_streets_have_more_than_their_border_in_common()
    {
        var tree = new STRtree<SeedArea>();
        foreach (var street in TheCity.Level("street")) tree.Insert(street.Geom.EnvelopeInternal, street);

        foreach (var street in TheCity.Level("street"))
            foreach (var other in tree.Query(street.Geom.EnvelopeInternal).Where(o => string.CompareOrdinal(o.Code, street.Code) > 0))
                street.Geom.Relate(other.Geom)[0, 0].ShouldBe(Dimension.False, $"{street.Name} overlaps {other.Name}");
    }

    [Fact]
    public void Borders_wind_as_borders_do()
    {
        var streets = TheCity.Level("street");
        var shared = streets.SelectMany(s => SidesOf(s).Select(side => (side, s.Code))).GroupBy(x => x.side).Where(g => g.Count() == 2)
            .GroupBy(g => string.Join(' ', g.Select(x => x.Code).Order(StringComparer.Ordinal)), g => g.Key);

        var detours = shared.Select(border => Detour([.. border])).Where(d => d > 0).Order().ToArray();

        detours.Length.ShouldBeGreaterThan(400);
        detours[detours.Length / 2].ShouldBeGreaterThan(1.10, "half the borders are at least a tenth longer than the way as the crow flies");
        streets.Average(s => s.Geom.NumPoints).ShouldBeInRange(150, 600);
    }

    /// <summary>A border's length over the distance of its two ends; 0 when it is not one run.</summary>
    static double Detour((Coordinate A, Coordinate B)[] sides)
    {
        var ends = sides.SelectMany(s => new[] { s.A, s.B }).GroupBy(c => c).Where(g => g.Count() == 1).Select(g => g.Key).ToArray();
        return sides.Length > 5 && ends.Length == 2 ? sides.Sum(s => s.A.Distance(s.B)) / ends[0].Distance(ends[1]) : 0;
    }

    /// <summary>The sides that only one of the areas has: their outer border, in order.</summary>
    static (Coordinate, Coordinate)[] OuterSides(IEnumerable<SeedArea> areas) => [.. areas.SelectMany(SidesOf).GroupBy(s => s).Where(g => g.Count() == 1).Select(g => g.Key).Order()];

    /// <summary>Each side as an unordered pair of vertices.</summary>
    static IEnumerable<(Coordinate A, Coordinate B)> SidesOf(SeedArea area) =>
        area.Geom.Geometries.SelectMany(p => p.Coordinates.Zip(p.Coordinates.Skip(1), (a, b) => a.CompareTo(b) < 0 ? (a, b) : (b, a)));
}
