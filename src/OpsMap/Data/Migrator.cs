using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace OpsMap.Data;

/// <summary>Brings a database up to the numbered files of db/, once each, under an advisory lock so that several nodes may start together.</summary>
/// <remarks>Files are forward only: one whose text changed after it was applied is refused, and so is a database that knows more files than this build.</remarks>
static class Migrator
{
    private const long LockKey = 0x6F70736D6170; // "opsmap"

    /// <summary>Applies what is missing, each file in a transaction of its own; returns the names applied.</summary>
    /// <exception cref="RefusedException">An applied file was edited, or the database is newer than this build.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await connection.ExecuteAsync("SELECT pg_advisory_lock($1)", ct, LockKey);
        await connection.ExecuteAsync("""
            CREATE TABLE IF NOT EXISTS migrations (
                name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())
            """, ct);
        var applied = (await connection.QueryAsync("SELECT name, sha256 FROM migrations", r => (Name: r.GetString(0), Sha: r.GetString(1)), ct)).ToDictionary(m => m.Name, m => m.Sha);
        var files = Files();
        if (applied.Keys.Except(files.Select(f => f.Name)).Order(StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            throw new RefusedException($"the database was migrated by a newer OpsMap ('{unknown}' is not known here): use that version, or another database");

        var done = new List<string>();
        foreach (var (name, text) in files)
        {
            var sha = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            if (applied.TryGetValue(name, out var before))
            {
                if (before != sha) throw new RefusedException($"db/{name} was edited after it had been applied: restore it and add a new file instead");
                continue;
            }
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await connection.ExecuteAsync(text, ct);
            await connection.ExecuteAsync("INSERT INTO migrations (name, sha256) VALUES ($1, $2)", ct, name, sha);
            await transaction.CommitAsync(ct);
            done.Add(name);
        }
        await connection.ExecuteAsync("SELECT pg_advisory_unlock($1)", ct, LockKey);
        if (done.Count > 0) await connection.ReloadTypesAsync(ct);
        return done;
    }

    private static (string Name, string Text)[] Files()
    {
        var assembly = typeof(Migrator).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(n => n.StartsWith("db/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(n =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(n) ?? throw new InvalidOperationException(n));
            return (n["db/".Length..], reader.ReadToEnd());
        })];
    }
}

/// <summary>Something that the person who started the command must mend; the message is the one line to show, and the command ends with 1.</summary>
sealed class RefusedException(string message) : Exception(message);
