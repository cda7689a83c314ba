using NetTopologySuite.Geometries;
using OpsMap.Seeds;

namespace OpsMap.Tests.Seeds;

public sealed class CommitteeTests
{
    static readonly IReadOnlyList<SeedCommittee> committees = TheCity.City.Committees;
    static readonly Dictionary<string, SeedArea> areas = TheCity.City.Areas.ToDictionary(a => a.Code);

    [Fact]
    public void Five_join_streets_of_Jiangan_with_Yongqing_Siwei_and_Erqi_among_them()
    {
        var ofJiangan = committees.Where(c => c.Areas.All(a => a.Code.StartsWith("420102"))).ToArray();

        ofJiangan.Length.ShouldBe(5);
        ofJiangan.ShouldAllBe(c => c.Kind == "区域联合党委" && c.Level == "street" && c.Areas.Count >= 2 && c.Areas.Count <= 4);
        ofJiangan.Single(c => !c.Example).Areas.Select(a => areas[a.Code].Name).ShouldBe(["永清街道", "四唯街道", "二七街道"]);
    }

    [Fact]
    public void Eighteen_join_communities_of_Jianghan()
    {
        var ofJianghan = committees.Where(c => c.Areas.All(a => a.Code.StartsWith("420103"))).ToArray();

        ofJianghan.Length.ShouldBe(18);
        ofJianghan.ShouldAllBe(c => c.Level == "community" && c.Areas.Count >= 2 && c.Areas.Count <= 3);
    }

    [Fact]
    public void The_areas_of_one_adjoin_each_other_and_the_first_leads()
    {
        foreach (var committee in committees)
        {
            committee.Areas.Select(a => a.Lead).ShouldBe(committee.Areas.Select((_, i) => i == 0));
            var parts = committee.Areas.Select(a => (Geometry)areas[a.Code].Geom).ToList();
            for (var joined = parts[0]; parts.Count > 1;)
            {
                parts.Remove(joined);
                var next = parts.First(p => p.Intersection(joined).Length > 0);
                parts[parts.IndexOf(next)] = joined = joined.Union(next);
            }
        }
    }

    [Fact]
    public void What_is_invented_says_so()
    {
        committees.ShouldAllBe(c => c.Example == c.Name.Contains("示例"));
        committees.SelectMany(c => c.Members).ShouldAllBe(m => m.Name.EndsWith("（示例）"));
    }

    [Fact]
    public void Each_has_about_ten_members_of_the_classes_its_constitution_names()
    {
        committees.Select(c => c.Name).ShouldBeUnique();
        committees.ShouldAllBe(c => c.Members.Count >= 8 && c.Members.Count <= 12 && c.Members.All(m => c.Constitution.MemberClasses.Contains(m.Class)));
        committees.Select(c => c.Kind).Distinct().Count().ShouldBe(4);
        committees.GroupBy(c => (c.Kind, c.Level)).Select(g => g.Select(c => c.Constitution.Chair).Distinct().Count()).ShouldAllBe(chairs => chairs == 1);
    }
}
