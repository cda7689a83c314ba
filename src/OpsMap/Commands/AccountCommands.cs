using System.Text.Json;
using Npgsql;
using OpsMap.Data;
using OpsMap.People;
using OpsMap.Web;

namespace OpsMap.Commands;

/// <summary>`user add`, `key add`, `token add`: one line of JSON with the secret, which is shown this once.</summary>
static class AccountCommands
{
    public static async Task<int> RunAsync(string command, Arguments args, CancellationToken ct)
    {
        var (folder, database) = (args.Option("--data") ?? ".opsmap", Target.GivenDatabase(args));
        var (role, area, unit) = command == "user" ? (args.Needed("--role"), args.Option("--area"), args.Option("--unit")) : ("", null, null);
        if (role.Length > 0 && !Rights.Roles.Contains(role)) throw new UsageException($"'--role' is one of {string.Join(", ", Rights.Roles)}, not '{role}'");
        if (args.Word("'add'") is not "add" and var verb) throw new UsageException($"'{verb}' is not known; it is: {command} add");
        var name = args.Word(command == "key" ? "the name of the feed" : "the name of the person");
        args.End();

        await using var target = await Target.OpenAsync($"{command} add", folder, database, ct);
        object secret = command switch
        {
            "user" => await AddUserAsync(target.Db, new NewUser(name, role, area, unit), ct),
            "key" => await AddKeyAsync(target.Db, name, ct),
            _ => await AddTokenAsync(target.Db, name, ct),
        };
        Console.WriteLine(JsonSerializer.Serialize(secret, Json.Options));
        return 0;
    }

    private static async Task<object> AddUserAsync(NpgsqlDataSource db, NewUser wanted, CancellationToken ct)
    {
        var added = await new UserStore(db, Callers(db)).AddAsync(wanted, Caller.System, ct);
        return added.User is { } user ? new { user = user.Name, password = added.Password } : throw new RefusedException(added.Refused ?? $"'{wanted.Name}' could not be added");
    }

    private static async Task<object> AddKeyAsync(NpgsqlDataSource db, string feed, CancellationToken ct)
    {
        if (!KeyStore.IsFeedCode(feed)) throw new RefusedException($"'{feed}' cannot be a feed's code: use 1 to 64 letters, digits, '.', '_' or '-'");
        var keys = new KeyStore(db, Callers(db));
        if (await keys.EnsureFeedAsync(feed, ct)) await Console.Error.WriteLineAsync($"opsmap: the feed '{feed}' is new; there are now: {string.Join(", ", await keys.FeedsAsync(ct))}");
        return await keys.AddAsync(feed, Caller.System, ct) is { } key ? new { feed, key } : throw new RefusedException($"there is no feed '{feed}'");
    }

    private static async Task<object> AddTokenAsync(NpgsqlDataSource db, string name, CancellationToken ct)
    {
        var callers = Callers(db);
        var user = await new UserStore(db, callers).FindAsync(name, ct) ?? throw new RefusedException($"there is no user '{name}'");
        if (user.DisabledAt is not null) throw new RefusedException($"the account '{name}' is disabled");
        return await new TokenStore(db, callers).AddAsync(user.Id, "command line", Caller.System, ct) is { } made
            ? new { user = user.Name, token = made.Secret }
            : throw new RefusedException($"'{name}' has {TokenStore.Most} tokens already: revoke one first");
    }

    private static CallerStore Callers(NpgsqlDataSource db) => new(db, TimeProvider.System);
}
