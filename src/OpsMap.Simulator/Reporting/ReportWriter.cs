using System.Globalization;
using System.Text.RegularExpressions;
using OpsMap.Simulator.Ground;
using OpsMap.Simulator.Wire;

namespace OpsMap.Simulator.Reporting;

/// <summary>A report and the feed that sends it.</summary>
sealed record Outgoing(string Feed, Report Report);

/// <summary>Writes what the city's feeds report. Now and then one comes a second time, word for word.</summary>
sealed partial class ReportWriter
{
    const double RepeatShare = 0.015;
    readonly City city;
    readonly Random random;
    readonly Places places;
    readonly List<(string Feed, FeedProfile Profile, IReadOnlyList<Category> Categories)> feeds;
    readonly Queue<Outgoing> recent = [];
    int counter;

    public ReportWriter(City city, IEnumerable<string> feeds, Random random)
    {
        this.city = city;
        this.random = random;
        places = new Places(city, random);
        this.feeds = [.. from feed in feeds
                         let profile = FeedProfile.Of(feed)
                         where profile is not null
                         select (feed, profile, profile.Suiting(city.Categories))];
    }

    public bool HasFeeds => feeds.Count > 0 && city.Categories.Count > 0;

    /// <summary>Whether a source id is one of this writer's, of this run or an earlier one.</summary>
    public static bool Wrote(string? sourceId) => sourceId is not null && OwnId().IsMatch(sourceId);

    public Outgoing Write(DateTimeOffset at)
    {
        if (recent.Count > 20 && random.NextDouble() < RepeatShare) return recent.ElementAt(random.Next(recent.Count));
        var written = WriteNew(at);
        recent.Enqueue(written);
        if (recent.Count > 40) recent.Dequeue();
        return written;
    }

    public Outgoing WriteNew(DateTimeOffset at)
    {
        var (feed, profile, categories) = feeds[random.Weighted([.. feeds.Select(one => one.Profile.Weight)])];
        var category = random.Pick(categories);
        var place = places.Next();
        bool gcj02 = random.NextDouble() < profile.Gcj02Share;
        var sent = gcj02 ? Datum.ToGcj02(place.Spot) : place.Spot;
        string title = Phrases.Title(category, random), address = Phrases.Address(place, random);
        return new Outgoing(feed, new Report(
            SourceId(profile.Prefix, at), category.Code, title, $"{random.Pick(profile.Openings)}{address}{title}，请核实处理。", at,
            Math.Round(sent.Lon, 6), Math.Round(sent.Lat, 6), gcj02 ? "gcj02" : "wgs84",
            Math.Round(random.Between(profile.LowAccuracyMeters, profile.HighAccuracyMeters)), address));
    }

    /// <summary>Ordered by time, so that no later run can draw it again; the counter parts reports of one millisecond.</summary>
    string SourceId(string prefix, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{LocalTime.Of(at):yyyyMMdd'-'HHmmssfff}-{++counter % 1000}");

    [GeneratedRegex(@"^[A-Z]{2}\d{8}-\d{9}-\d{1,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnId();
}
