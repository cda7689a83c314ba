using OpsMap.Simulator.Ground;
using OpsMap.Simulator.Reporting;

namespace OpsMap.Tests.Simulator;

public sealed class ReportWriterTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 17, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_new_report_has_its_own_source_id_that_is_known_again()
    {
        var reports = Written(3000, "hotline-12345", "courier");

        reports.Select(one => one.Report.SourceId).ShouldBeUnique();
        reports.ShouldAllBe(one => ReportWriter.Wrote(one.Report.SourceId));
        ReportWriter.Wrote("t-1").ShouldBeFalse();
        ReportWriter.Wrote(null).ShouldBeFalse();
    }

    [Fact]
    public void Five_to_nine_percent_lie_on_the_line_between_two_streets_and_the_rest_inside_one()
    {
        var places = new Places(Toy.City, new Random(1));
        var drawn = Enumerable.Range(0, 5000).Select(_ => places.Next()).ToList();

        var onLine = drawn.Where(place => place.Neighbour is not null).ToList();

        (onLine.Count / 5000.0).ShouldBeInRange(0.05, 0.09);
        onLine.ShouldAllBe(place => Toy.City.Edges[0].Line.Nearest(place.Spot).OffMeters < 25);
        drawn.Except(onLine).ShouldAllBe(place => place.Street.Region.Contains(place.Spot) && !Toy.City.OnWater(place.Spot));
    }

    [Fact]
    public void A_courier_sends_the_datum_of_his_phone_and_means_a_place_in_the_city()
    {
        foreach (var (_, report) in Written(200, "courier"))
        {
            report.Datum.ShouldBe("gcj02");
            var meant = Datum.FromGcj02(new Spot(report.Lon, report.Lat));
            (Toy.Left.Region.Contains(meant) || Toy.Right.Region.Contains(meant) || Toy.City.Edges[0].Line.Nearest(meant).OffMeters < 25).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_feed_reports_what_suits_it_and_the_words_fit_the_category() =>
        Written(100, "lighting").ShouldAllBe(one => one.Report.Category == "lamp" && one.Report.Title.Contains("路灯"));

    [Fact]
    public void A_feed_that_is_somebody_elses_is_not_played() => new ReportWriter(Toy.City, ["test", "units"], new Random(1)).HasFeeds.ShouldBeFalse();

    [Fact]
    public void Now_and_then_an_earlier_report_comes_again_word_for_word()
    {
        var writer = new ReportWriter(Toy.City, ["hotline-12345"], new Random(1));
        var sent = Enumerable.Range(0, 2000).Select(i => writer.Write(Noon.AddSeconds(i)).Report).ToList();

        (sent.Count - sent.Distinct().Count()).ShouldBeInRange(5, 80);
        sent.Distinct().Select(report => report.SourceId).ShouldBeUnique();
    }

    static List<Outgoing> Written(int count, params string[] feeds)
    {
        var writer = new ReportWriter(Toy.City, feeds, new Random(1));
        return [.. Enumerable.Range(0, count).Select(i => writer.WriteNew(Noon.AddMilliseconds(i / 3)))];
    }
}
