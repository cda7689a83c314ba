using Microsoft.Extensions.DependencyInjection;
using OpsMap.Data;
using OpsMap.People;

namespace OpsMap.Tests.People;

/// <summary>How long a session lives and who notices when it ends; by a clock of its own, as a second node would.</summary>
public sealed class SessionLifeTests(City city) : IClassFixture<City>
{
    private readonly TestClock _clock = new();

    [Fact]
    public async Task A_session_ends_eight_hours_after_the_last_request()
    {
        var (callers, shown) = await Begun("operator");
        _clock.Forward(TimeSpan.FromHours(7.9));
        (await callers.FindAsync(shown, default)).ShouldNotBeNull();

        _clock.Forward(TimeSpan.FromHours(3.9));
        (await callers.FindAsync(shown, default)).ShouldNotBeNull("the last request was 3.9 hours ago");
        _clock.Forward(TimeSpan.FromHours(0.2));

        (await callers.FindAsync(shown, default)).ShouldBeNull("it began more than 12 hours ago");
    }

    [Fact]
    public async Task Watching_does_not_keep_a_session_alive_but_asking_does()
    {
        var (callers, shown) = await Begun("operator");
        var caller = (await callers.FindAsync(shown, default)).ShouldNotBeNull();
        for (var i = 0; i < 8 * 60; i++)
        {
            (await callers.RefreshAsync(caller, default)).ShouldNotBeNull($"after {i} minutes");
            _clock.Forward(TimeSpan.FromMinutes(1));
        }

        (await callers.RefreshAsync(caller, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_wall_stays_signed_in()
    {
        var (callers, shown) = await Begun("wall");
        _clock.Forward(TimeSpan.FromDays(300));

        (await callers.FindAsync(shown, default)).ShouldNotBeNull().Role.ShouldBe("wall");
    }

    [Fact]
    public async Task Being_seen_is_noted_at_most_once_a_minute()
    {
        var (callers, shown) = await Begun("planner");
        var began = _clock.GetUtcNow();
        _clock.Forward(TimeSpan.FromSeconds(59));
        await callers.FindAsync(shown, default);
        (await SeenAt(shown)).ShouldBe(began);

        _clock.Forward(TimeSpan.FromSeconds(2));
        await callers.FindAsync(shown, default);

        (await SeenAt(shown)).ShouldBe(_clock.GetUtcNow());
    }

    [Fact]
    public async Task What_another_node_ended_ends_here_within_a_quarter_of_a_minute()
    {
        var (callers, shown) = await Begun("dispatcher");
        var caller = (await callers.FindAsync(shown, default)).ShouldNotBeNull();

        await city.Services.GetRequiredService<UserStore>().NewPasswordAsync(caller.UserId ?? 0, Caller.System, default);

        (await callers.FindAsync(shown, default)).ShouldNotBeNull("remembered for 15 s");
        _clock.Forward(TimeSpan.FromSeconds(15));
        (await callers.FindAsync(shown, default)).ShouldBeNull();
        (await callers.RefreshAsync(caller, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Who_leaves_a_committee_loses_what_came_with_it()
    {
        var (callers, shown) = await Begun("street-staff");
        var caller = (await callers.FindAsync(shown, default)).ShouldNotBeNull();
        caller.Committees.ShouldBe([1]);
        caller.Scopes.ShouldBe(["all", $"user:{caller.UserId}", $"street:{TestCity.Yi}"]);

        await city.Db.ExecuteAsync("DELETE FROM committee_areas WHERE area_code = $1", default, TestCity.Yi);
        _clock.Forward(TimeSpan.FromSeconds(15));

        (await callers.RefreshAsync(caller, default)).ShouldNotBeNull().Committees.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_committee_of_communities_is_a_matter_of_the_streets_above_them()
    {
        await city.Db.ExecuteAsync("""
            WITH made AS (INSERT INTO committees (name, kind, level, constitution) VALUES ('甲一社区联合党委', '党建联盟', 'community', '{}') RETURNING id)
            INSERT INTO committee_areas (committee_id, area_code) SELECT id, '420102001001' FROM made
            """, default);
        var (callers, shown) = await Begun("street-chief");

        (await callers.FindAsync(shown, default)).ShouldNotBeNull().Committees.Length.ShouldBe(2);
    }

    private async Task<(CallerStore, Credential)> Begun(string user)
    {
        var callers = new CallerStore(city.Db, _clock);
        var sessions = new Sessions(city.Db, callers, _clock);
        var account = (await sessions.AccountAsync(user, default)).ShouldNotBeNull();
        var secret = (await sessions.BeginAsync(account, "test", default)).ShouldNotBeNull();
        return (callers, Credential.Of(CredentialKind.Session, secret));
    }

    private Task<DateTimeOffset> SeenAt(Credential shown) =>
        city.Db.QueryOneAsync("SELECT seen_at FROM sessions WHERE hash = $1", r => r.GetFieldValue<DateTimeOffset>(0), default, shown.HashBytes);
}
