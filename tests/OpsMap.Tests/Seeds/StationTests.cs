using OpsMap.Seeds;

namespace OpsMap.Tests.Seeds;

public sealed class StationTests
{
    static readonly Dictionary<string, SeedArea> areas = TheCity.City.Areas.ToDictionary(a => a.Code);

    [Fact]
    public void Every_station_stands_in_its_community_and_this_in_its_street()
    {
        foreach (var station in TheCity.City.Stations)
        {
            var community = areas[station.CommunityCode.ShouldNotBeNull()];
            community.Geom.Contains(station.Point).ShouldBeTrue(station.Name);
            community.ParentCode.ShouldBe(station.StreetCode);
        }
    }

    [Fact]
    public void No_station_stands_in_a_river()
    {
        TheCity.City.Stations.ShouldAllBe(s => !TheCity.City.Waters.Any(w => w.Geom.Contains(s.Point)));
    }

    [Fact]
    public void Every_community_has_its_service_centre_and_the_other_kinds_are_spread()
    {
        var stations = TheCity.City.Stations;

        stations.Count.ShouldBeInRange(3_600, 3_800);
        stations.Select(s => s.Code).ShouldBeUnique();
        stations.Where(s => s.Kind == "社区党群服务中心").Select(s => s.CommunityCode).Order().ShouldBe(TheCity.Level("community").Select(c => c.Code).Order());
        stations.Select(s => s.Kind).Distinct().Count().ShouldBe(10);
        stations.Count(s => s.Kind == "户外工作者驿站" && s.StreetCode.StartsWith("420102")).ShouldBeGreaterThanOrEqualTo(65);
    }

    [Fact]
    public void Nobody_who_works_there_is_a_real_person()
    {
        TheCity.City.Stations.ShouldAllBe(s => s.Worker.StartsWith("演示用户"));
    }
}
