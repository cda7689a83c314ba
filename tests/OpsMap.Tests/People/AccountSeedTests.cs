using System.Text.Json;
using OpsMap.Data;
using OpsMap.People;
using OpsMap.Tests.Seeds;
using OpsMap.Web;

namespace OpsMap.Tests.People;

public sealed class AccountSeedTests(TestCluster cluster)
{
    [Fact]
    public async Task An_empty_city_begins_with_one_of_every_role_and_a_feed_to_try()
    {
        await using var db = Database.Open(await cluster.NewDatabaseAsync(template: null) + ";Pooling=false");
        await Migrator.RunAsync(db, default);

        var file = await AccountSeed.CreateAsync(db, AccountSeed.Empty, default);

        file.People.Select(p => p.Role).ShouldBe(Rights.Roles);
        file.People.ShouldAllBe(p => p.Area == null && p.Password.Length >= 16);
        file.Feeds.ShouldHaveSingleItem().Feed.ShouldBe("test");
        JsonSerializer.Serialize(file, Json.Options).ShouldStartWith("""{"people":[{"user":"operator","password":""");
        (await db.QueryAsync("SELECT code FROM feeds f JOIN feed_keys k ON k.feed_id = f.id WHERE k.hash = $1", r => r.GetString(0), default, Secrets.Hash(file.Feeds[0].Key))).ShouldBe(["test"]);
    }

    [Fact]
    public async Task A_start_that_was_cut_off_can_be_repeated_and_the_second_file_is_the_true_one()
    {
        await using var db = Database.Open(await cluster.NewDatabaseAsync(template: null) + ";Pooling=false");
        await Migrator.RunAsync(db, default);
        var first = await AccountSeed.CreateAsync(db, AccountSeed.Empty, default);

        var second = await AccountSeed.CreateAsync(db, AccountSeed.Empty, default);

        second.People.Select(p => p.User).ShouldBe(first.People.Select(p => p.User));
        second.People[0].Password.ShouldNotBe(first.People[0].Password);
        var hash = await db.QueryOneAsync("SELECT password_hash FROM users WHERE name = 'operator'", r => r.GetString(0), default);
        Passwords.Fits(hash, second.People[0].Password).ShouldBeTrue();
    }

    [Fact]
    public void The_demo_city_has_every_role_and_people_of_three_neighbouring_streets()
    {
        AccountSeed.Wuhan.Select(w => w.Role).Distinct().ShouldBe(Rights.Roles, ignoreOrder: true);
        AccountSeed.Wuhan.Where(w => w.Role == "street-chief").Select(w => w.Area).Distinct().Count().ShouldBe(3);
        AccountSeed.Wuhan.Select(w => w.DisplayName).ShouldBeUnique();
        var city = TheCity.City;
        var areas = AccountSeed.Wuhan.Where(w => w.Area is not null).ToLookup(w => w.Role, w => w.Area ?? "");
        areas["street-chief"].Concat(areas["street-staff"]).ShouldBeSubsetOf(city.Areas.Where(a => a.Level == "street").Select(a => a.Code));
        areas["responder"].ShouldBeSubsetOf(city.Departments.Where(d => d.Level == "street").Select(d => d.AreaCode ?? ""));
        areas["patroller"].ShouldBeSubsetOf(city.Units.Select(u => u.StreetCode));
        city.Committees.ShouldContain(c => areas["street-chief"].All(street => c.Areas.Any(a => a.Code == street)), "the three streets share a committee");
        AccountSeed.Wuhan.ShouldAllBe(w => w.DisplayName.StartsWith("演示用户"));
    }
}
