namespace OpsMap.Tests.Commands;

public sealed class PublishTests
{
    [Fact]
    public async Task The_first_publish_of_a_clean_clone_runs_with_its_pages_libraries_and_simulator()
    {
        using var scratch = new Scratch();
        var (clone, published) = (scratch.In("clone"), scratch.In("published"));
        // What git would clone, and the npm packages, so that the restore needs no network.
        await Shell($"mkdir -p '{clone}' && tar -C '{City.Root}' -c --exclude=bin --exclude=obj --exclude=./wwwroot/lib --exclude=./tests --exclude=./.git --exclude='./.opsmap*' . | tar -C '{clone}' -x");

        await Shell($"cd '{clone}' && dotnet publish src/OpsMap -c Release -o '{published}' -nologo -v quiet -p:UseSharedCompilation=false");

        File.Exists(Path.Combine(published, "wwwroot/index.html")).ShouldBeTrue();
        File.Exists(Path.Combine(published, "wwwroot/lib/leaflet/dist/leaflet-src.esm.js")).ShouldBeTrue();
        var simulator = await OpsMapProcess.RunProgramAsync("dotnet", [Path.Combine(published, "OpsMap.Simulator.dll")]);
        simulator.Error.ShouldContain("usage: OpsMap.Simulator");
        Directory.Delete(clone, recursive: true);
        await using var up = await OpsMapProcess.UpOfAsync(Path.Combine(published, "OpsMap.dll"), scratch.In("data"));
        using var client = up.Client();
        (await client.GetStringAsync("/lib/leaflet/dist/leaflet.css")).ShouldContain(".leaflet-pane");
        (await client.GetStringAsync("/sign-in")).ShouldContain("<!doctype html>", Case.Insensitive);
        await up.TerminateAsync();
        var cluster = await File.ReadAllTextAsync(Path.Combine(scratch.In("data"), Environment.UserName == "root" ? "cluster" : "lock"));
        if (cluster.Length > 0) Directory.Delete(cluster.Trim(), recursive: true);
    }

    private static async Task Shell(string script)
    {
        var ended = await OpsMapProcess.RunProgramAsync("bash", ["-c", script], ("MSBUILDDISABLENODEREUSE", "1"));
        ended.Exit.ShouldBe(0, ended.Out + ended.Error);
    }
}
