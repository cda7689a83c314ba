using System.Net.Sockets;
using Npgsql;

namespace OpsMap.Data;

/// <summary>The database of <c>--db</c> or OPSMAP_DB: somebody else's server, looked at before anything is changed.</summary>
static class GivenDatabase
{
    private const int OldestMajor = 15;

    /// <summary>The connection string in Npgsql's own form, from that form or from a postgres:// address.</summary>
    /// <exception cref="RefusedException">Neither; the text, which may hold a password, is not repeated.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        try
        {
            var settings = text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal) ? FromAddress(new Uri(text)) : new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrEmpty(settings.Host) || string.IsNullOrEmpty(settings.Database)) throw new ArgumentException("no host or no database");
            return settings;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or UriFormatException)
        {
            throw new RefusedException("--db cannot be read: give 'Host=…;Database=…;Username=…;Password=…' or postgres://user:password@host/database");
        }
    }

    private static NpgsqlConnectionStringBuilder FromAddress(Uri address)
    {
        var who = address.UserInfo.Split(':', 2);
        var settings = new NpgsqlConnectionStringBuilder { Host = address.Host, Database = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/')), Username = Uri.UnescapeDataString(who[0]) };
        if (address.Port > 0) settings.Port = address.Port;
        if (who.Length > 1) settings.Password = Uri.UnescapeDataString(who[1]);
        foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', 2) is not [var key, var value]) throw new FormatException(pair);
            var plain = Uri.UnescapeDataString(value);
            if (key == "host") settings.Host = plain;
            else if (key == "sslmode") settings.SslMode = Enum.Parse<SslMode>(plain.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
            else settings[key] = plain;
        }
        return settings;
    }

    /// <summary>Looks whether OpsMap can live there; changes nothing.</summary>
    /// <exception cref="RefusedException">It cannot; one line that says what to do.</exception>
    public static async Task CheckAsync(NpgsqlConnectionStringBuilder settings, CancellationToken ct)
    {
        var place = $"'{settings.Database}' on {settings.Host}:{settings.Port}";
        var source = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false, Timeout = 5, CommandTimeout = 10 }.ConnectionString);
        source.ConfigureTypeLoading(types => types.EnableTypeLoading(false)); // an old server would fail at that before it can be told from a new one
        await using var db = source.Build();
        await using var connection = db.CreateConnection();
        try
        {
            await connection.OpenAsync(ct);
        }
        catch (PostgresException e)
        {
            throw new RefusedException($"the database {place} refuses: {e.MessageText}");
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException)
        {
            throw new RefusedException($"no answer from the database {place}: {(e.InnerException ?? e).Message}");
        }
        if (connection.PostgreSqlVersion.Major < OldestMajor) throw new RefusedException($"the database {place} runs PostgreSQL {connection.PostgreSqlVersion}: {OldestMajor} or newer is needed");
        if (await FaultAsync(connection, ct) is { } fault) throw new RefusedException($"the database {place} {fault}");
    }

    private static async Task<string?> FaultAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var facts = (await connection.QueryAsync("""
            SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only')::bool,
                   getdatabaseencoding(),
                   (SELECT extversion FROM pg_extension WHERE extname = 'postgis'),
                   EXISTS (SELECT FROM pg_available_extensions WHERE name = 'postgis'),
                   (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
                       OR has_database_privilege(current_database(), 'CREATE') AND EXISTS (SELECT FROM pg_available_extension_versions WHERE name = 'postgis' AND trusted),
                   current_schema() IS NOT NULL AND has_schema_privilege(current_schema(), 'CREATE'),
                   current_user::text,
                   to_regclass('migrations') IS NOT NULL,
                   (SELECT string_agg(t, ', ') FROM unnest(ARRAY['users', 'incidents', 'areas', 'settings', 'changes']) t WHERE to_regclass(t) IS NOT NULL)
            """, r => new
        {
            ReadOnly = r.GetBoolean(0), Encoding = r.GetString(1), Postgis = r.Text(2), Available = r.GetBoolean(3), MayExtend = r.GetBoolean(4), MayCreate = r.GetBoolean(5),
            User = r.GetString(6), Migrated = r.GetBoolean(7), Tables = r.Text(8),
        }, ct))[0];
        return facts switch
        {
            { ReadOnly: true } => "is read-only: OpsMap needs one that it may write",
            { Encoding: not "UTF8" } => $"has the encoding {facts.Encoding}: OpsMap needs UTF8",
            { Postgis: null, Available: false } => "has no PostGIS, and its server has none to offer: install PostGIS 3.3 or newer there (Debian: postgresql-15-postgis-3)",
            { Postgis: null, MayExtend: false } => $"has no PostGIS, and '{facts.User}' may not create it: let a superuser run CREATE EXTENSION postgis there",
            { Postgis: { } version } when !Version.TryParse(version, out var parsed) || parsed < new Version(3, 3) => $"has PostGIS {version}: 3.3 or newer is needed",
            { MayCreate: false } => $"lets '{facts.User}' create no tables: GRANT CREATE ON SCHEMA public TO \"{facts.User}\"",
            { Migrated: false, Tables: { } tables } => $"holds tables of somebody else ({tables}): give OpsMap an empty database",
            _ => null,
        };
    }
}
