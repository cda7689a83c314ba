using OpsMap.Simulator.Ground;
using OpsMap.Simulator.Moving;

namespace OpsMap.Tests.Simulator;

public sealed class WalkTests
{
    static readonly TimeSpan Step = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("foot", 1.0, 1.4)]
    [InlineData("vehicle", 6, 9)]
    [InlineData("sanitation", 2.6, 3.4)]
    public void A_unit_stays_at_its_street_and_goes_at_its_pace(string kind, double slowest, double fastest)
    {
        var walk = new Walk(new Beat(Toy.City, Toy.Left), Gait.Of(kind), seed: 3);
        int inside = 0, moving = 0, afloat = 0;
        const int Steps = 8 * 3600 / 2;

        for (int i = 0; i < Steps; i++)
        {
            var before = walk.Position;
            walk.Advance(Step);
            var here = walk.Position;
            before.MetersTo(here).ShouldBeLessThan(fastest * Step.TotalSeconds * 1.02);
            if (walk.SpeedMps > 0) walk.SpeedMps.ShouldBeInRange(slowest, fastest);
            if (walk.SpeedMps > 0) moving++;
            if (Toy.City.OnWater(here)) afloat++;
            if (Toy.Left.Region.Contains(here)) inside++;
            else Toy.Outline.Nearest(here).OffMeters.ShouldBeLessThan(25);
        }

        moving.ShouldBeGreaterThan(Steps / 3);
        inside.ShouldBeGreaterThan(Steps / 2);
        afloat.ShouldBeLessThan(Steps / 50);
    }

    [Fact]
    public void Units_come_to_the_boundary()
    {
        var walk = new Walk(new Beat(Toy.City, Toy.Left), Gait.Of("foot"), seed: 5);
        int atLine = 0;

        for (int i = 0; i < 8 * 3600; i++)
        {
            walk.Advance(TimeSpan.FromSeconds(1));
            if (Toy.City.Edges[0].Line.Nearest(walk.Position).OffMeters < 1) atLine++;
        }

        atLine.ShouldBeGreaterThan(3600);
    }

    [Fact]
    public void Where_a_unit_is_does_not_depend_on_how_often_it_was_asked()
    {
        var beat = new Beat(Toy.City, Toy.Right);
        var (often, once) = (new Walk(beat, Gait.Of("vehicle"), 9), new Walk(beat, Gait.Of("vehicle"), 9));

        for (int i = 0; i < 3600; i++) often.Advance(Step);
        once.Advance(Step * 3600);

        often.Position.MetersTo(once.Position).ShouldBeLessThan(1);
    }

    [Fact]
    public void A_street_without_any_boundary_line_is_walked_all_the_same()
    {
        var walk = new Walk(new Beat(Toy.City with { Edges = [] }, Toy.Left), Gait.Of("foot"), seed: 1);
        var start = walk.Position;
        double farthest = 0;

        for (int i = 0; i < 100; i++)
        {
            walk.Advance(TimeSpan.FromMinutes(1));
            farthest = Math.Max(farthest, start.MetersTo(walk.Position));
        }

        farthest.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void A_line_that_runs_into_the_water_is_walked_as_far_as_it_is_dry()
    {
        var pond = Toy.Middle.Moved(-1_000, 0);
        var line = new Line([.. Enumerable.Range(-20, 41).Select(i => pond.Moved(i * 50, 0))]);

        var parts = Toy.City.DryParts(new Edge("a", "b", "land", line)).Select(edge => edge.Line.LengthMeters).ToList();

        parts.Count.ShouldBe(2);
        parts.ShouldAllBe(length => length > 780 && length < 860);
        Toy.City.DryParts(new Edge("a", "b", "river", line)).ShouldBeEmpty();
    }

    [Fact]
    public void A_receiver_is_a_few_metres_off_and_does_not_jump()
    {
        var receiver = new Receiver(1);
        var last = receiver.Read(Toy.Middle, Step).Spot;
        double worst = 0, sum = 0;

        for (int i = 0; i < 5000; i++)
        {
            var (spot, accuracy) = receiver.Read(Toy.Middle, Step);
            accuracy.ShouldBeInRange(3, 8);
            worst = Math.Max(worst, last.MetersTo(spot));
            sum += spot.MetersTo(Toy.Middle);
            last = spot;
        }

        (sum / 5000).ShouldBeInRange(2, 6);
        worst.ShouldBeLessThan(8);
    }
}
