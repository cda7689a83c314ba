using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using OpsMap.Web;

namespace OpsMap.Tests.People;

/// <summary>Another node on the same database, that speaks https.</summary>
public sealed class SecureCookieTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task Over_https_the_cookie_is_bound_to_this_host_and_never_leaves_in_the_clear()
    {
        await using var app = Program.Build(new ServeOptions("https://127.0.0.1:0", Path.Combine(City.Root, "wwwroot")) { Scheduler = false, Certificate = Certificate() }, city.Db);
        await app.StartAsync();
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, ServerCertificateCustomValidationCallback = (_, _, _, _) => true }) { BaseAddress = new Uri(app.Urls.First()) };

        var answer = await client.PostAsJsonAsync("/api/session", new { user = "operator", password = City.Password });

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldMatch("^__Host-opsmap=[^;]+; max-age=43200; path=/; secure; samesite=lax; httponly$");
        (await Ask(client, cookie.Split(';')[0])).ShouldBe(HttpStatusCode.OK);
        (await Ask(client, cookie.Split(';')[0]["__Host-".Length..])).ShouldBe(HttpStatusCode.Unauthorized, "the name without the prefix could have been set by another host");
    }

    [Fact]
    public void Nothing_is_sealed_with_keys_that_would_have_to_be_kept() => city.Services.GetService(typeof(IDataProtectionProvider)).ShouldBeNull();

    private static async Task<HttpStatusCode> Ask(HttpClient client, string cookie) =>
        (await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/session") { Headers = { { "Cookie", cookie } } })).StatusCode;

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=OpsMap", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
