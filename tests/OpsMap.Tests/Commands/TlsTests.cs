using System.Net;
using System.Net.Http.Json;

namespace OpsMap.Tests.Commands;

public sealed class TlsTests
{
    [Fact]
    public async Task A_certificate_of_its_own_is_made_once_and_the_cookie_is_bound_to_the_host()
    {
        using var data = new Scratch();
        await using (var up = await OpsMapProcess.UpAsync(data.Path, "--tls", "self"))
        {
            using var client = up.Client();

            var answer = await client.PostAsJsonAsync("/api/session", new { user = "wall", password = data.PasswordOf("wall") });

            up.Url.Scheme.ShouldBe("https");
            answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
            var cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
            cookie.ShouldStartWith("__Host-opsmap=");
            cookie.ShouldContain("secure", Case.Insensitive);
            answer.Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem();
        }
        var certificate = await File.ReadAllTextAsync(data.In("tls/cert.pem"));
        File.GetUnixFileMode(data.In("tls/key.pem")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        // The same files, given by name, at another address of this machine.
        await using var again = await OpsMapProcess.UpAsync(data.Path, "--tls", data.In("tls/cert.pem"), data.In("tls/key.pem"), "--listen", "127.0.0.2");

        again.Url.Host.ShouldBe("127.0.0.2");
        (await File.ReadAllTextAsync(data.In("tls/cert.pem"))).ShouldBe(certificate);
    }

    [Fact]
    public async Task Files_that_are_no_certificate_are_named()
    {
        using var data = new Scratch();
        await File.WriteAllTextAsync(data.In("not.pem"), "nothing");

        var missing = await OpsMapProcess.RunAsync("up", "--data", data.Path, "--port", "0", "--tls", data.In("cert.pem"), data.In("key.pem"));
        var wrong = await OpsMapProcess.RunAsync("up", "--data", data.Path, "--port", "0", "--tls", data.In("not.pem"), data.In("not.pem"));

        missing.Exit.ShouldBe(1);
        missing.Line.ShouldContain($"no file '{data.In("cert.pem")}'");
        wrong.Exit.ShouldBe(1);
        wrong.Line.ShouldContain("no certificate and its key");
    }
}
