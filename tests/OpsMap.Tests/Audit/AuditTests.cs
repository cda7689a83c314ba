using System.Net;
using Npgsql;
using OpsMap.Data;

namespace OpsMap.Tests.Audit;

public sealed class AuditTests(City city) : IClassFixture<City>
{
    [Theory]
    [InlineData("UPDATE audit SET actor = 'nobody'")]
    [InlineData("DELETE FROM audit")]
    [InlineData("TRUNCATE audit")]
    [InlineData("TRUNCATE users CASCADE; TRUNCATE audit CASCADE")]
    public async Task Not_even_the_databases_owner_changes_what_is_on_record(string sql)
    {
        city.As("auditor");

        var refused = await Should.ThrowAsync<PostgresException>(() => city.Db.ExecuteAsync(sql, default));

        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        refused.MessageText.ShouldBe("audit rows are never changed");
    }

    [Fact]
    public async Task Every_change_of_accounts_and_secrets_is_on_record_without_the_secret()
    {
        var admin = city.As("admin");
        var made = await (await admin.Post("/api/users", new { name = "on-record", role = "operator" })).Json();
        var renewed = await (await admin.PostText($"/api/users/{made["id"]}/password", "")).Json();
        await admin.PostText($"/api/users/{made["id"]}/disable", "");
        await admin.PostText($"/api/users/{made["id"]}/enable", "");
        var key = await (await admin.PostText("/api/feeds/test/keys", "")).Json();
        var token = await (await admin.PostText("/api/tokens", "{}")).Json();
        await admin.DeleteAsync($"/api/tokens/{token["id"]}");

        var record = await city.As("auditor").GetJson("/api/audit?actor=user:admin&limit=1000");

        record["items"]?.AsArray().Select(e => (string?)e?["operation"]).Take(7)
            .ShouldBe(["tokens.revoke", "tokens.add", "keys.add", "users.enable", "users.disable", "users.password", "users.add"]);
        var text = record.ToJsonString();
        foreach (var secret in new[] { made["password"], renewed["password"], key["key"], token["token"] }) text.ShouldNotContain((string?)secret ?? "none");
    }

    [Fact]
    public async Task One_entry_says_who_did_what_to_whom_when_and_from_where()
    {
        var made = await (await city.As("admin").Post("/api/users", new { name = "one-entry", role = "planner" })).Json();

        var entry = (await city.As("auditor").GetJson("/api/audit?operation=users.add&limit=1"))["items"]?[0].ShouldNotBeNull();

        entry?.AsObject().Select(p => p.Key).ShouldBe(["id", "at", "actor", "role", "operation", "subject", "outcome", "detail", "address"]);
        ((string?)entry?["actor"]).ShouldBe("user:admin");
        ((string?)entry?["role"]).ShouldBe("admin");
        ((string?)entry?["subject"]).ShouldBe($"users:{made["id"]}");
        ((string?)entry?["outcome"]).ShouldBe("done");
        ((string?)entry?["detail"]?["name"]).ShouldBe("one-entry");
        ((string?)entry?["address"]).ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task The_record_is_read_in_pages_that_join_up_however_much_is_added_meanwhile()
    {
        for (var i = 0; i < 5; i++) await city.Anonymous().Post("/api/session", new { user = "wall", password = "wrong" });
        var first = await city.As("auditor").GetJson("/api/audit?actor=user:wall&limit=3");
        await city.Anonymous().Post("/api/session", new { user = "wall", password = "wrong" });

        var second = await city.As("auditor").GetJson($"/api/audit?actor=user:wall&limit=3&cursor={first["next"]}");

        ((int?)first["total"]).ShouldBe(5);
        second["next"].ShouldBeNull();
        long[] ids = [.. new[] { first, second }.SelectMany(p => p["items"]?.AsArray() ?? []).Select(e => (long?)e?["id"] ?? 0)];
        ids.Length.ShouldBe(5);
        ids.ShouldBe(ids.OrderDescending());
    }

    [Fact]
    public async Task The_record_is_narrowed_by_a_bare_name_by_operation_by_outcome_and_by_what_to_leave_out()
    {
        await city.Anonymous().Post("/api/session", new { user = "reporter", password = "wrong" });
        await city.As("reporter").PostText("/api/tokens", "{}");

        (await Operations("actor=reporter")).ShouldBe(["tokens.add", "session.begin", "session.begin"]);
        (await Operations("actor=user:reporter")).ShouldBe(["tokens.add", "session.begin", "session.begin"]);
        (await Operations("actor=report")).ShouldBeEmpty();
        (await Operations("actor=reporter&operation=tokens.add")).ShouldBe(["tokens.add"]);
        (await Operations("actor=reporter&operation=tokens")).ShouldBeEmpty();
        (await Operations("actor=reporter&except=tokens.add,users.add")).ShouldBe(["session.begin", "session.begin"]);
        (await Operations("actor=reporter&outcome=refused")).ShouldBe(["session.begin"]);

        async Task<IEnumerable<string?>> Operations(string query) =>
            ((await city.As("auditor").GetJson($"/api/audit?{query}"))["items"]?.AsArray() ?? []).Select(e => (string?)e?["operation"]);
    }

    [Theory]
    [InlineData("outcome=lost", "'lost'")]
    [InlineData("limit=0", "'0'")]
    [InlineData("cursor=x", "'x'")]
    [InlineData("since=yesterday", "'yesterday'")]
    public async Task What_cannot_be_read_is_quoted(string query, string expected) =>
        (await (await city.As("auditor").GetAsync($"/api/audit?{query}")).Refusal(HttpStatusCode.BadRequest)).ShouldContain(expected);
}
