using System.Text.Json;
using Npgsql;
using OpsMap.Data;
using OpsMap.People;
using OpsMap.Seeds;
using OpsMap.Web;

namespace OpsMap.Commands;

/// <summary>What happens once in the life of a database: its city, its accounts, and the file with their secrets.</summary>
static class FirstStart
{
    /// <summary>Seeds a database that never was; a start that was cut off in the middle is begun again.</summary>
    public static async Task SeedAsync(NpgsqlDataSource db, DataFolder data, string city, CancellationToken ct)
    {
        await using var turn = await TurnTaking.WaitAsync(db, "seeding", ct);
        if (await db.QueryOneAsync("SELECT 1 FROM settings WHERE key = 'city.seeded'", r => r.GetInt32(0), ct) == 1)
        {
            if (!File.Exists(data.Accounts))
                await Console.Error.WriteLineAsync($"opsmap: this database has its accounts already and {data.Accounts} is not there: sign in as before, or make somebody with: opsmap user add NAME --role admin");
            return;
        }
        var demo = city == "wuhan";
        await CitySeed.LoadAsync(db, demo ? DemoCity.Build() : null, ct);
        var accounts = await AccountSeed.CreateAsync(db, demo ? AccountSeed.Wuhan : AccountSeed.Empty, ct);
        // First the file, then the mark: a crash between the two makes new secrets, never lost ones.
        data.Write(Path.GetFileName(data.Accounts), JsonSerializer.Serialize(accounts, Json.Options) + "\n");
        await db.ExecuteAsync("INSERT INTO settings (key, value) VALUES ('city.seeded', to_jsonb($1::text))", ct, city);
    }

    /// <summary>Whether the demo city is in there, so that the simulator has something to move.</summary>
    public static async Task<bool> HasDemoAsync(NpgsqlDataSource db, CancellationToken ct) =>
        await db.QueryOneAsync("SELECT value #>> '{}' = 'wuhan' FROM settings WHERE key = 'city.seeded'", r => r.GetBoolean(0), ct);
}
