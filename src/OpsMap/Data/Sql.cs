using Npgsql;
using NpgsqlTypes;

namespace OpsMap.Data;

/// <summary>The few verbs that stores speak. Parameters are positional ($1 …); a null becomes SQL NULL.</summary>
/// <remarks>
/// They are a list, not an array: a lone string[] would otherwise be taken for the parameters themselves.
/// A cancelled caller goes on at once, with WaitAsync: cancelling inside Npgsql opens a second connection and waits there, which a server that hangs never answers.
/// </remarks>
static class Sql
{
    /// <summary>All rows of a query, in its order.</summary>
    public static Task<List<T>> QueryAsync<T>(this NpgsqlDataSource db, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params List<object?> parameters)
    {
        return OpenAndReadAsync().WaitAsync(ct);

        async Task<List<T>> OpenAndReadAsync()
        {
            await using var connection = await db.OpenConnectionAsync(ct);
            return await connection.ReadAllAsync(sql, read, parameters, ct);
        }
    }

    /// <summary>All rows of a query on a connection that may be inside a transaction.</summary>
    public static Task<List<T>> QueryAsync<T>(this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params List<object?> parameters) =>
        connection.ReadAllAsync(sql, read, parameters, ct).WaitAsync(ct);

    private static async Task<List<T>> ReadAllAsync<T>(this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, List<object?> parameters, CancellationToken ct)
    {
        await using var command = connection.Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(read(reader));
        return rows;
    }

    /// <summary>The first row, or the default of <typeparamref name="T"/> when there is none.</summary>
    public static async Task<T?> QueryOneAsync<T>(this NpgsqlDataSource db, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params List<object?> parameters) =>
        (await db.QueryAsync(sql, read, ct, parameters)) is [var first, ..] ? first : default;

    /// <summary>The number of rows that a statement touched.</summary>
    public static Task<int> ExecuteAsync(this NpgsqlDataSource db, string sql, CancellationToken ct, params List<object?> parameters)
    {
        return OpenAndRunAsync().WaitAsync(ct);

        async Task<int> OpenAndRunAsync()
        {
            await using var connection = await db.OpenConnectionAsync(ct);
            return await connection.RunAsync(sql, parameters, ct);
        }
    }

    /// <inheritdoc cref="ExecuteAsync(NpgsqlDataSource, string, CancellationToken, List{object?})"/>
    public static Task<int> ExecuteAsync(this NpgsqlConnection connection, string sql, CancellationToken ct, params List<object?> parameters) => connection.RunAsync(sql, parameters, ct).WaitAsync(ct);

    private static async Task<int> RunAsync(this NpgsqlConnection connection, string sql, List<object?> parameters, CancellationToken ct)
    {
        await using var command = connection.Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The value of a column, null where it is SQL NULL.</summary>
    public static T? Nullable<T>(this NpgsqlDataReader reader, int column) where T : struct => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);

    /// <summary>The text of a column, null where it is SQL NULL.</summary>
    public static string? Text(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>A text parameter whose type is known even where it is null.</summary>
    public static NpgsqlParameter Text(string? value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };

    /// <summary>A text array parameter whose type is known even where it is null.</summary>
    public static NpgsqlParameter TextArray(string[]? value) => new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };

    private static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, List<object?> parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters)
            command.Parameters.Add(value is NpgsqlParameter typed ? typed.Clone() : new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }
}
