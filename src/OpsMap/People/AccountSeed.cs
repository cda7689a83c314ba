using Npgsql;
using OpsMap.Data;

namespace OpsMap.People;

/// <summary>An account that a new city begins with.</summary>
/// <param name="Area">The street of a street's people; for a responder or patroller the street whose office or first unit is theirs; null elsewhere and in an empty city.</param>
sealed record AccountWish(string Name, string Role, string? Area, string DisplayName);

/// <summary>accounts.json: the only place where these secrets stand as they are.</summary>
sealed record AccountsFile(IReadOnlyList<PersonSecret> People, IReadOnlyList<FeedSecret> Feeds);

/// <param name="Area">The street of a street's people; null elsewhere.</param>
sealed record PersonSecret(string User, string Password, string Role, string? Area);

sealed record FeedSecret(string Feed, string Key);

/// <summary>The people and keys of a new city: random secrets, nothing that a second installation shares.</summary>
static class AccountSeed
{
    private const string Siwei = "420102005000", Yongqing = "420102006000", Erqi = "420102010000";

    /// <summary>Every role, and the people of three neighbouring streets that share a joint committee.</summary>
    public static IReadOnlyList<AccountWish> Wuhan { get; } = Named(
    [
        ("operator", "operator", null), ("operator-2", "operator", null), ("dispatcher", "dispatcher", null), ("dispatcher-2", "dispatcher", null), ("duty-lead", "duty-lead", null),
        ("chief-siwei", "street-chief", Siwei), ("staff-siwei", "street-staff", Siwei), ("chief-yongqing", "street-chief", Yongqing), ("staff-yongqing", "street-staff", Yongqing),
        ("chief-erqi", "street-chief", Erqi), ("staff-erqi", "street-staff", Erqi), ("responder-siwei", "responder", Siwei), ("responder-yongqing", "responder", Yongqing),
        ("patroller-siwei", "patroller", Siwei), ("planner", "planner", null), ("reporter", "reporter", null), ("wall", "wall", null), ("auditor", "auditor", null), ("admin", "admin", null),
    ]);

    /// <summary>One of every role, for a city that has no streets yet.</summary>
    public static IReadOnlyList<AccountWish> Empty { get; } = [.. Rights.Roles.Select(role => new AccountWish(role, role, null, ""))];

    /// <summary>Makes the accounts and a key for every feed (a feed <c>test</c> where there is none). An account that is there already is given a new password, so that a start that was cut off can be repeated.</summary>
    /// <exception cref="RefusedException">A wish names a street or unit that the city does not have.</exception>
    public static async Task<AccountsFile> CreateAsync(NpgsqlDataSource db, IReadOnlyList<AccountWish> wishes, CancellationToken ct)
    {
        var callers = new CallerStore(db, TimeProvider.System);
        var (users, keys) = (new UserStore(db, callers), new KeyStore(db, callers));
        var people = new List<PersonSecret>();
        foreach (var wish in wishes)
        {
            var added = await users.AddAsync(new NewUser(wish.Name, wish.Role, wish.Area, null, wish.DisplayName), Caller.System, ct);
            var (user, password) = added switch
            {
                { User: { } made } => (made, added.Password),
                { Taken: true } when await users.FindAsync(wish.Name, ct) is { } there && await users.NewPasswordAsync(there.Id, Caller.System, ct) is { } renewed => renewed,
                _ => throw new RefusedException($"account {wish.Name}: {added.Refused}"),
            };
            people.Add(new PersonSecret(user.Name, password, user.Role, user.AreaCode));
        }
        if ((await keys.FeedsAsync(ct)).Count == 0) await keys.EnsureFeedAsync("test", ct);
        var feeds = new List<FeedSecret>();
        foreach (var feed in await keys.FeedsAsync(ct))
            if (await keys.AddAsync(feed, Caller.System, ct) is { } key) feeds.Add(new FeedSecret(feed, key));
        return new AccountsFile(people, feeds);
    }

    private static AccountWish[] Named((string Name, string Role, string? Area)[] people) =>
        [.. people.Select((p, i) => new AccountWish(p.Name, p.Role, p.Area, $"演示用户{i + 1:00}"))];
}
