using System.IO.Compression;
using System.Text.Json.Nodes;
using Npgsql;
using OpsMap.Data;

namespace OpsMap.Tests.Commands;

public sealed class ImportTests(TestCluster cluster) : IDisposable
{
    private const string Left = """{"type":"Feature","properties":{"CODE":"A","NAME":"甲街道"},"geometry":{"type":"Polygon","coordinates":[[[114.00,30.00],[114.01,30.00],[114.01,30.01],[114.00,30.01],[114.00,30.00]]]}}""";
    private const string Right = """{"type":"Feature","properties":{"CODE":"B","NAME":"乙街道"},"geometry":{"type":"MultiPolygon","coordinates":[[[[114.01,30.00],[114.02,30.00],[114.02,30.01],[114.01,30.01],[114.01,30.00]]]]}}""";
    private const string Bow = """{"type":"Feature","properties":{"CODE":"C","NAME":"丙"},"geometry":{"type":"Polygon","coordinates":[[[114.03,30.00],[114.04,30.01],[114.04,30.00],[114.03,30.01],[114.03,30.00]]]}}""";
    private const string Metres = """{"type":"Feature","properties":{"CODE":"D","NAME":"丁"},"geometry":{"type":"Polygon","coordinates":[[[534000,3380000],[535000,3380000],[535000,3381000],[534000,3380000]]]}}""";
    private const string Point = """{"type":"Feature","properties":{"CODE":"E","NAME":"戊"},"geometry":{"type":"Point","coordinates":[114,30]}}""";
    private const string Nameless = """{"type":"Feature","properties":{"NAME":"己"},"geometry":null}""";
    private readonly Scratch _data = new();

    [Fact]
    public async Task Areas_become_an_edition_with_the_edge_between_them()
    {
        var connection = await cluster.NewDatabaseAsync();

        var done = await Import(connection, File(Left, Right), "--name", "NAME");

        ((int?)done["read"]).ShouldBe(2);
        ((int?)done["loaded"]).ShouldBe(2);
        done["rejected"]!.AsArray().ShouldBeEmpty();
        done["repaired"]!.AsArray().ShouldBeEmpty();
        await using var db = NpgsqlDataSource.Create(connection);
        (await db.QueryAsync("""
            SELECT a.code, a.name, e.valid_from::text FROM areas a JOIN editions e ON e.id = a.edition_id WHERE e.name = '2030' ORDER BY a.code
            """, r => $"{r.GetString(0)} {r.GetString(1)} {r.GetString(2)[..13]}", TestContext.Current.CancellationToken)).ShouldBe(["A 甲街道 2029-12-31 16", "B 乙街道 2029-12-31 16"]);
        (await db.QueryAsync("SELECT count(*) FROM edges x JOIN editions e ON e.id = x.edition_id WHERE e.name = '2030' AND left_code = 'A' AND right_code = 'B'", r => r.GetInt64(0), TestContext.Current.CancellationToken))[0].ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_be_taken_is_named_with_its_reason_and_the_rest_goes_on()
    {
        var connection = await cluster.NewDatabaseAsync();

        var done = await Import(connection, File(Bow, Left, Metres, Point, Left, Nameless));

        ((int?)done["read"]).ShouldBe(6);
        ((int?)done["loaded"]).ShouldBe(1);
        done["rejected"]!.AsArray().Select(r => $"{r!["index"]} {r["code"]} {r["reason"]}").ShouldBe(["0 C invalid_geometry", "2 D bad_coordinate", "3 E not_an_area", "4 A duplicate_code", "5  no_code"]);
    }

    [Fact]
    public async Task A_hole_between_areas_is_reported_as_a_seam_fault()
    {
        // Two L-shapes around a square that is nobody's.
        const string south = """{"type":"Feature","properties":{"CODE":"S"},"geometry":{"type":"Polygon","coordinates":[[[114,30],[114.03,30],[114.03,30.02],[114.02,30.02],[114.02,30.01],[114,30.01],[114,30]]]}}""";
        const string north = """{"type":"Feature","properties":{"CODE":"N"},"geometry":{"type":"Polygon","coordinates":[[[114,30.01],[114.01,30.01],[114.01,30.02],[114.03,30.02],[114.03,30.03],[114,30.03],[114,30.01]]]}}""";

        var done = await Import(await cluster.NewDatabaseAsync(), File(south, north));

        var fault = done["seam_faults"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)fault["kind"]).ShouldBe("hole");
    }

    [Fact]
    public async Task A_gzipped_file_is_read_as_well()
    {
        var file = _data.In("areas.geojson.gz");
        await using (var zip = new GZipStream(System.IO.File.Create(file), CompressionLevel.Fastest)) await zip.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Collection(Left)));

        var done = await Import(await cluster.NewDatabaseAsync(), file);

        ((int?)done["loaded"]).ShouldBe(1);
    }

    [Fact]
    public async Task An_edition_does_not_take_the_same_level_twice()
    {
        var connection = await cluster.NewDatabaseAsync();
        await Import(connection, File(Left));

        var again = await Run(connection, File(Right));

        again.Exit.ShouldBe(1);
        again.Line.ShouldContain("has areas of the level street already");
    }

    [Theory]
    [InlineData("no GeoJSON", "{\"type\":")]
    [InlineData("no GeoJSON FeatureCollection", "[]")]
    [InlineData("EPSG:4326 only", """{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4547"}},"features":[]}""")]
    [InlineData("nothing was loaded", """{"type":"FeatureCollection","features":[]}""")]
    public async Task A_file_that_cannot_be_read_is_refused_in_one_line(string why, string text)
    {
        var file = _data.In("bad.geojson");
        await System.IO.File.WriteAllTextAsync(file, text);

        var refused = await Run(await cluster.NewDatabaseAsync(), file);

        refused.Exit.ShouldBe(1);
        refused.Line.ShouldContain(why);
    }

    [Theory]
    [InlineData(1, "--crs gcj02", "--crs", "gcj02")]
    [InlineData(1, "--encoding gbk", "--encoding", "gbk")]
    [InlineData(2, "'--colour'", "--colour", "red")]
    public async Task Options_of_later_versions_are_refused_plainly_and_unknown_ones_as_wrong_usage(int exit, string said, params string[] more)
    {
        var refused = await Run("Host=nowhere;Database=none", File(Left), more);

        refused.Exit.ShouldBe(exit);
        refused.Line.ShouldContain(said);
    }

    private async Task<JsonNode> Import(string connection, string file, params string[] more)
    {
        var done = await Run(connection, file, more);
        done.Exit.ShouldBe(0, done.Error);
        return JsonNode.Parse(done.Out.TrimEnd().Split('\n')[^1])!;
    }

    private static Task<Ended> Run(string connection, string file, params string[] more) =>
        OpsMapProcess.RunAsync(["import", "areas", file, "--level", "street", "--code", "CODE", "--edition", "2030", "--from", "2030-01-01", "--db", connection, .. more]);

    private string File(params string[] features)
    {
        var file = _data.In($"{Guid.NewGuid():N}.geojson");
        System.IO.File.WriteAllText(file, Collection(features));
        return file;
    }

    private static string Collection(params string[] features) => $$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""";

    public void Dispose() => _data.Dispose();
}
