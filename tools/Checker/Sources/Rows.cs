using Npgsql;

namespace Shop.Checker.Sources;

/// <summary>Reads all rows of a query.</summary>
internal static class Rows
{
    private const int Timeout = 60;   // seconds

    public static async Task<List<T>> ReadAsync<T>(string database, string sql, Func<NpgsqlDataReader, T> row, CancellationToken cancel)
    {
        // No pool: checks are rare, and no connection must stay open.
        var settings = new NpgsqlConnectionStringBuilder(database) { Pooling = false, Timeout = 10, CommandTimeout = Timeout };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
            rows.Add(row(reader));
        return rows;
    }

    public static string? Text(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
