using System.Net;
using System.Text;

namespace OpsMap.Tests.People;

/// <summary>What another site may make a signed-in browser do: nothing.</summary>
public sealed class ForeignSiteTests(City city) : IClassFixture<City>
{
    [Theory]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_change_that_another_site_asks_for_is_refused(string header, string value)
    {
        foreach (var (method, path) in new[] { ("POST", "/api/users"), ("POST", "/api/tokens"), ("DELETE", "/api/session"), ("POST", "/api/session"), ("POST", "/api/incidents"), ("POST", "/live/negotiate") })
            await (await Send("admin", method, path, header, value)).Refusal(HttpStatusCode.Forbidden);
        (await city.As("admin").GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_change_from_our_own_pages_is_not()
    {
        (await Send("admin", "POST", "/api/tokens", "Origin", city.Url.GetLeftPart(UriPartial.Authority))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Send("admin", "POST", "/api/tokens", "Sec-Fetch-Site", "same-origin")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private async Task<HttpResponseMessage> Send(string user, string method, string path, string header, string value)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation(header, value);
        return await city.As(user).SendAsync(request);
    }
}
