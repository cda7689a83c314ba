using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpsMap.Audit;
using OpsMap.Data;
using OpsMap.People;
using OpsMap.Tests.People;

namespace OpsMap.Tests.Audit;

/// <summary>What the rights table refuses is on record, and asking without end does not fill the record.</summary>
public sealed class RefusalTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task A_refusal_by_the_rights_table_is_on_record_once_a_minute_for_each_caller_and_operation()
    {
        var planner = city.As("planner");
        for (var i = 0; i < 5; i++) await (await planner.GetAsync($"/api/users?limit={i + 1}")).Refusal(HttpStatusCode.Forbidden);
        await planner.GetAsync("/api/audit");
        await city.As("reporter").GetAsync("/api/users");

        var rows = (await city.As("auditor").GetJson("/api/audit?outcome=refused"))["items"]?.AsArray() ?? [];

        rows.Where(r => ((string?)r?["actor"])?.StartsWith("user:", StringComparison.Ordinal) == true).Select(r => $"{r?["actor"]} {r?["role"]} {r?["operation"]} {r?["subject"]} {r?["detail"]?["method"]} {r?["address"]}").ShouldBe(
        [
            "user:reporter reporter users.manage /api/users GET 127.0.0.1",
            "user:planner planner audit.read /api/audit GET 127.0.0.1",
            "user:planner planner users.manage /api/users GET 127.0.0.1",
        ]);
    }

    [Fact]
    public async Task After_the_minute_the_next_one_is_noted_again()
    {
        var clock = new TestClock();
        var refusals = new Refusals(city.Services.GetRequiredService<AuditLog>(), clock);
        var caller = new Caller(null, "other", "", Rights.Feed, [], null, [], [], "other");

        (await Note()).ShouldBeTrue();
        (await Note()).ShouldBeFalse();
        clock.Forward(Refusals.Every);
        (await Note("/街\n" + new string('x', 300))).ShouldBeTrue();
        (await Note()).ShouldBeFalse();
        (await city.Db.QueryAsync("SELECT subject FROM audit WHERE actor = 'feed:other' ORDER BY id", r => r.GetString(0), default)).ShouldBe(["/api/city", "/%E8%A1%97%0A" + new string('x', 187)]);

        Task<bool> Note(string path = "/api/city") => refusals.NoteAsync(caller, Operation.CityRead, new DefaultHttpContext { Request = { Method = "GET", Path = path } }.Request);
    }

    [Fact]
    public async Task Every_operation_on_record_is_named_in_one_style()
    {
        await city.As("planner").GetAsync("/api/users");
        await city.As("planner").PostText("/api/tokens", "{}");

        foreach (var name in (await city.Db.QueryAsync("SELECT DISTINCT operation FROM audit", r => r.GetString(0), default)).Concat(Enum.GetValues<Operation>().Select(Rights.NameOf)))
            Regex.IsMatch(name, "^[a-z]+(\\.[a-z]+)+$").ShouldBeTrue(name);
    }
}
