using OpsMap.Data;

namespace OpsMap.Tests.Live;

public sealed class WatchTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task The_first_snapshot_is_the_picture_and_a_committed_change_follows_it()
    {
        await using var client = await LiveClient.WatchAsync(city, "operator", new { topics = new[] { "incidents", "areas", "committees", "stations", "feeds" } });
        client.Items("areas").Count.ShouldBe(9);
        client.Items("stations").Count.ShouldBe(2);

        var id = await city.GivenIncident(TestCity.InJia, TestCity.Jia);

        await client.Until("the incident is there", c => c.Items("incidents").ContainsKey(id));
        var item = client.Items("incidents")[id];
        ((string?)item["area"]?["name"]).ShouldBe("甲街道");
        ((string?)item["status"]).ShouldBe("reported");
    }
}
