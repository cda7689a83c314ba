using System.Text.Json.Nodes;
using OpsMap.Web;

namespace OpsMap.Tests.Web;

public sealed class DatumTests
{
    private static double Metres((double Lon, double Lat) a, (double Lon, double Lat) b) =>
        Math.Sqrt(Math.Pow((a.Lon - b.Lon) * 111320 * Math.Cos(a.Lat * Math.PI / 180), 2) + Math.Pow((a.Lat - b.Lat) * 110574, 2));

    [Theory]
    [InlineData("gcj02")]
    [InlineData("bd09")]
    public void There_and_back_is_less_than_a_millimetre_anywhere_in_china(string datum)
    {
        var random = new Random(11);
        for (var i = 0; i < 2000; i++)
        {
            var place = (Lon: 74 + random.NextDouble() * 60, Lat: 3 + random.NextDouble() * 50);
            var sent = Datum.ToGcj02(place.Lon, place.Lat);
            if (datum == "bd09") sent = Datum.Gcj02ToBd09(sent.Lon, sent.Lat);

            Metres(Datum.ToWgs84(datum, sent.Lon, sent.Lat), place).ShouldBeLessThan(0.001, $"{place}");
        }
    }

    [Fact]
    public void At_wuhan_gcj02_is_586_metres_off_and_bd09_1207()
    {
        var gcj = Datum.ToGcj02(114.30, 30.60);

        Metres(gcj, (114.30, 30.60)).ShouldBe(586, 10);
        Metres(Datum.Gcj02ToBd09(gcj.Lon, gcj.Lat), (114.30, 30.60)).ShouldBe(1207, 15);
    }

    [Fact]
    public void Cgcs2000_is_taken_as_wgs84_and_names_know_no_case()
    {
        Datum.ToWgs84("cgcs2000", 114.3, 30.6).ShouldBe((114.3, 30.6));
        (Datum.Known("WGS84"), Datum.Known("mars")).ShouldBe(("wgs84", null));
    }

    [Fact]
    public async Task Six_hundred_cities_agree_with_a_known_table_where_it_is_at_hand()
    {
        var table = Path.Combine(City.Root, "../shared/data/crs/china-cities-six-datums.json");
        Assert.SkipUnless(File.Exists(table), $"{table} is not here: the table is not ours to keep");
        foreach (var city in JsonNode.Parse(await File.ReadAllTextAsync(table, TestContext.Current.CancellationToken))?.AsArray() ?? [])
        {
            (double, double) In(string datum) => ((double?)city?["coords"]?[datum]?[0] ?? 0, (double?)city?["coords"]?[datum]?[1] ?? 0);
            var (gcj, bd) = (In("GCJ02"), In("BD09"));

            Metres(Datum.ToWgs84("gcj02", gcj.Item1, gcj.Item2), In("WGS84")).ShouldBeLessThan(1, $"{city?["attrs"]}");
            Metres(Datum.Gcj02ToBd09(gcj.Item1, gcj.Item2), bd).ShouldBeLessThan(0.02, $"{city?["attrs"]}");
        }
    }

    [Theory]
    [InlineData("2026-11-20T08:00:00+08:00", "2026-11-20T00:00:00Z")]
    [InlineData("2026-11-20t00:00:00.123456789z", "2026-11-20T00:00:00.1234567Z")]
    [InlineData("2026-11-20T00:00:00", null)]
    [InlineData("2026-11-20 00:00:00Z", null)]
    [InlineData("2026-11-20", null)]
    [InlineData("2026-13-20T00:00:00Z", null)]
    [InlineData("20/11/2026T00:00:00Z", null)]
    [InlineData("", null)]
    public void A_time_is_rfc_3339_or_none(string text, string? expected) => Rfc3339.Read(text).ShouldBe(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
}
