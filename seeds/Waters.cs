using NetTopologySuite.Geometries;
using NetTopologySuite.LinearReferencing;
using NetTopologySuite.Operation.Distance;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace OpsMap.Seeds;

/// <summary>The rivers as water and banks, from where they enter the city's surroundings to where they leave. The Han ends where the Yangtze begins.</summary>
sealed class Waters
{
    const double BeyondDegrees = 0.025;

    public IReadOnlyList<SeedWater> Rivers { get; }
    public IReadOnlyList<SeedBank> Banks { get; }

    public Waters(Rivers rivers, Geometry city)
    {
        var nearCity = new IndexedFacetDistance(city);
        var (yangtze, han) = (Draw(rivers.Yangtze, nearCity, toItsEnd: false), Draw(rivers.Han, nearCity, toItsEnd: true));
        var hanAlone = Without(han.Water, yangtze.Water);
        var yangtzeWithMouth = Without(yangtze.Water, hanAlone); // the same water with the corners of the mouth as vertices
        Rivers =
        [
            new SeedWater(rivers.Yangtze.Fact.Code, rivers.Yangtze.Fact.Name, "river", Multi(yangtzeWithMouth)),
            new SeedWater(rivers.Han.Fact.Code, rivers.Han.Fact.Name, "river", Multi(hanAlone)),
        ];
        Banks = [.. BanksOf(rivers.Yangtze, yangtze.Left, yangtze.Right, han.Water), .. BanksOf(rivers.Han, han.Left, han.Right, yangtze.Water)];
    }

    static (Polygon Water, LineString Left, LineString Right) Draw(River river, IndexedFacetDistance nearCity, bool toItsEnd)
    {
        var near = Enumerable.Range(0, river.Line.Count).Where(i => nearCity.IsWithinDistance(Plane.ToPoint(river.Line[i]), BeyondDegrees)).ToArray();
        var points = Enumerable.Range(near[0], (toItsEnd ? river.Line.Count - 1 : near[^1]) - near[0] + 1).ToArray();
        Coordinate[] Offset(int side) => [.. points.Select(i => Plane.ToDegrees(river.Line[i] + river.Across(i) * (side * river.HalfWidth(i))))];
        var (left, right) = (Offset(1), Offset(-1));
        return (Plane.Factory.CreatePolygon([.. right, .. left.Reverse(), right[0]]), Plane.Factory.CreateLineString(left), Plane.Factory.CreateLineString(right));
    }

    static IEnumerable<SeedBank> BanksOf(River river, LineString left, LineString right, Geometry otherWater) =>
        from bank in new[] { (Side: "left", Line: left), (Side: "right", Line: right) }
        from piece in Pieces(bank.Line, otherWater)
        select new SeedBank(river.Fact.Code, bank.Side, piece);

    /// <summary>What is left of a bank outside the other river, each piece running as the bank does.</summary>
    static IEnumerable<LineString> Pieces(LineString bank, Geometry otherWater)
    {
        var along = new LengthIndexedLine(bank);
        return Lines(Without(bank, otherWater))
            .Select(p => along.Project(p.StartPoint.Coordinate) < along.Project(p.EndPoint.Coordinate) ? p : (LineString)p.Reverse())
            .OrderBy(p => along.Project(p.StartPoint.Coordinate));
    }

    static IEnumerable<LineString> Lines(Geometry lines) => Enumerable.Range(0, lines.NumGeometries).Select(i => lines.GetGeometryN(i)).OfType<LineString>();

    static Geometry Without(Geometry a, Geometry b) => OverlayNG.Overlay(a, b, SpatialFunction.Difference, new PrecisionModel(1e7));

    static MultiPolygon Multi(Geometry g) =>
        Plane.Factory.CreateMultiPolygon([.. Enumerable.Range(0, g.NumGeometries).Select(i => g.GetGeometryN(i)).OfType<Polygon>()]);
}
