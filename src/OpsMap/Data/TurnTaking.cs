using Npgsql;

namespace OpsMap.Data;

/// <summary>An advisory lock, so that of several nodes that start together one migrates and seeds while the others wait.</summary>
/// <remarks>Asked for again and again instead of waited for: a waiting session would be cut by its own time-outs, and would hold a snapshot meanwhile.</remarks>
sealed class TurnTaking : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly NpgsqlConnection _connection;

    private TurnTaking(NpgsqlConnection connection) => _connection = connection;

    /// <summary>The session that holds the lock, without a statement time-out: what is done in turn may take long.</summary>
    public NpgsqlConnection Connection => _connection;

    /// <exception cref="RefusedException">Another node has had its turn for ten minutes.</exception>
    public static async Task<TurnTaking> WaitAsync(NpgsqlDataSource db, string what, CancellationToken ct)
    {
        var connection = await db.OpenConnectionAsync(ct);
        try
        {
            await connection.ExecuteAsync("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0", ct);
            for (var waited = TimeSpan.Zero; !(await connection.QueryAsync("SELECT pg_try_advisory_lock(hashtext('opsmap'), hashtext($1))", r => r.GetBoolean(0), ct, what))[0]; waited += TimeSpan.FromSeconds(0.2))
            {
                if (waited > Patience) throw new RefusedException($"another OpsMap on this database has been busy with {what} for {Patience.TotalMinutes:0} minutes");
                await Task.Delay(200, ct);
            }
            return new TurnTaking(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // Going back to the pool resets the session, which gives up its locks and settings.
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
