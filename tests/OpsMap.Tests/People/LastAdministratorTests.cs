using System.Net;

namespace OpsMap.Tests.People;

public sealed class LastAdministratorTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task Nobody_can_lock_themselves_or_the_last_administrator_out()
    {
        var one = city.As("admin");
        var oneId = (await one.GetJson("/api/users?limit=1000"))["items"]?.AsArray().Single(u => (string?)u?["name"] == "admin")?["id"];
        (await (await one.PostText($"/api/users/{oneId}/disable", "")).Refusal(HttpStatusCode.Conflict)).ShouldContain("your own account");

        var made = await (await one.Post("/api/users", new { name = "two", role = "admin" })).Json();
        var two = city.Anonymous();
        await two.Post("/api/session", new { user = "two", password = (string?)made["password"] });
        var answers = await Task.WhenAll(two.PostText($"/api/users/{oneId}/disable", ""), one.PostText($"/api/users/{made["id"]}/disable", ""));

        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
    }
}
