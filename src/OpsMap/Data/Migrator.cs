using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace OpsMap.Data;

/// <summary>Brings a database up to the numbered files of db/, once each, under an advisory lock so that several nodes may start together.</summary>
/// <remarks>Files are forward only: one whose text changed after it was applied is refused, and so is a database that knows more files than this build.</remarks>
static class Migrator
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)];

    /// <summary>Applies what is missing, each file in a transaction of its own; returns the names applied.</summary>
    /// <exception cref="RefusedException">An applied file was edited, or the database is newer than this build; nothing was applied then.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        await using var turn = await TurnTaking.WaitAsync(db, "migrating", ct);
        var connection = turn.Connection;
        await connection.ExecuteAsync("""
            CREATE TABLE IF NOT EXISTS migrations (
                name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())
            """, ct);
        var applied = (await connection.QueryAsync("SELECT name, sha256 FROM migrations", r => (Name: r.GetString(0), Sha: r.GetString(1)), ct)).ToDictionary(m => m.Name, m => m.Sha);
        var files = Files();
        Check(applied, files);

        var missing = files.Where(f => !applied.ContainsKey(f.Name)).ToList();
        foreach (var file in missing) await ApplyAsync(connection, file, ct);
        if (missing.Count > 0) await connection.ReloadTypesAsync(ct);
        return [.. missing.Select(f => f.Name)];
    }

    /// <summary>Whether the database knows every file of this build.</summary>
    public static async Task<bool> IsDoneAsync(NpgsqlDataSource db, CancellationToken ct) =>
        await db.QueryOneAsync("SELECT count(*) FROM migrations WHERE name = ANY($1)", r => r.GetInt64(0), ct, FileNames.Value) == FileNames.Value.Length;

    private static readonly Lazy<string[]> FileNames = new(() => [.. Files().Select(f => f.Name)]);

    private static void Check(Dictionary<string, string> applied, MigrationFile[] files)
    {
        if (applied.Keys.Except(files.Select(f => f.Name)).Order(StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            throw new RefusedException($"the database was migrated by a newer OpsMap ('{unknown}' is not known here): use that version, or another database");
        if (files.FirstOrDefault(f => applied.TryGetValue(f.Name, out var sha) && sha != f.Sha) is { } edited)
            throw new RefusedException($"db/{edited.Name} was edited after it had been applied: restore it and add a new file instead");
    }

    // A lock that somebody holds for long is waited for in short pieces: behind a waiting migration everybody else would queue.
    private static async Task ApplyAsync(NpgsqlConnection connection, MigrationFile file, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await using var transaction = await connection.BeginTransactionAsync(ct);
                await connection.ExecuteAsync("SET LOCAL lock_timeout = '2s'", ct);
                await connection.ExecuteAsync(file.Text, ct);
                await connection.ExecuteAsync("INSERT INTO migrations (name, sha256) VALUES ($1, $2)", ct, file.Name, file.Sha);
                await transaction.CommitAsync(ct);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable && tries < Pauses.Length)
            {
                await Task.Delay(Pauses[tries], ct);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                throw new RefusedException($"db/{file.Name} waits for a lock that somebody holds on the database: end that session and start again");
            }
        }
    }

    private static MigrationFile[] Files()
    {
        var assembly = typeof(Migrator).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(n => n.StartsWith("db/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(n =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(n) ?? throw new InvalidOperationException(n));
            var text = reader.ReadToEnd();
            return new MigrationFile(n["db/".Length..], text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        })];
    }

    private sealed record MigrationFile(string Name, string Text, string Sha);
}

/// <summary>Something that the person who started the command must mend; the message is the one line to show, and the command ends with 1.</summary>
sealed class RefusedException(string message) : Exception(message);
