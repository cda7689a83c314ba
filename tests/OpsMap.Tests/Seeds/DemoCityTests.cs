using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using OpsMap.Seeds;

namespace OpsMap.Tests.Seeds;

public sealed class DemoCityTests
{
    /// <summary>Changes with any change to the city; a running demo keeps the one it was seeded with.</summary>
    const string Expected = "fe498106c55f5c33e41cb86d692a2a8f7e0212eee21db2659dc23ef4c62a8cca";

    static readonly JsonSerializerOptions json = new() { Converters = { new BytesOfGeometry() } };

    [Fact]
    public void The_same_bytes_come_out_of_every_run()
    {
        var (first, second) = (Hash(TheCity.City), Hash(DemoCity.Build()));

        second.ShouldBe(first);
        first.ShouldBe(Expected);
    }

    [Fact]
    public void Coordinates_are_rounded_to_a_centimetre()
    {
        TheCity.Level("street").SelectMany(s => s.Geom.Coordinates).ShouldAllBe(c => c.X == Math.Round(c.X, 7) && c.Y == Math.Round(c.Y, 7));
    }

    [Fact]
    public void The_edition_says_that_it_is_schematic_and_where_it_comes_from()
    {
        TheCity.City.LegalStatus.ShouldBe("schematic");
        TheCity.City.EditionName.ShouldContain("示意");
        TheCity.City.ValidFrom.ShouldBe(new DateTimeOffset(2016, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)));
        TheCity.City.Source.ShouldContain("adcode");
        TheCity.City.Source.ShouldContain("CC BY 4.0");
        TheCity.City.Areas.ShouldAllBe(a => a.Geom.EnvelopeInternal.MinX >= TheCity.City.Bbox[0] && a.Geom.EnvelopeInternal.MaxY <= TheCity.City.Bbox[3]);
    }

    [Fact]
    public void Every_street_has_its_office_and_every_unit_its_street_and_department()
    {
        var (streets, departments) = (TheCity.Level("street").Select(s => s.Code).ToHashSet(), TheCity.City.Departments.Select(d => d.Code).ToHashSet());

        streets.ShouldAllBe(s => departments.Contains("office-" + s.Substring(0, 9)));
        TheCity.City.Departments.Select(d => d.Code).ShouldBeUnique();
        TheCity.City.Units.Select(u => u.Code).ShouldBeUnique();
        TheCity.City.Units.Count.ShouldBeInRange(280, 320);
        TheCity.City.Units.ShouldAllBe(u => streets.Contains(u.StreetCode) && departments.Contains(u.DepartmentCode));
    }

    [Fact]
    public void Nothing_of_public_security_takes_part()
    {
        string[] named = [.. TheCity.City.Departments.Select(d => d.Name), .. TheCity.City.Feeds.Select(f => f.Code + f.Name), .. TheCity.City.Categories.Select(c => c.NameZh),
            .. TheCity.City.Units.Select(u => u.Name), .. TheCity.City.Committees.SelectMany(c => c.Members).Select(m => m.Name)];

        named.ShouldAllBe(n => !n.Contains("公安") && !n.Contains("警") && !n.Contains("派出所") && !n.Contains("110"));
    }

    static string Hash(SeedCity city) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(city, json)));

    sealed class BytesOfGeometry : JsonConverter<Geometry>
    {
        public override bool CanConvert(Type type) => typeof(Geometry).IsAssignableFrom(type);
        public override Geometry Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => throw new NotSupportedException();
        public override void Write(Utf8JsonWriter writer, Geometry geometry, JsonSerializerOptions options) => writer.WriteStringValue(WKBWriter.ToHex(geometry.AsBinary()));
    }
}
