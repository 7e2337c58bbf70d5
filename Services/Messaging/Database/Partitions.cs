using Npgsql;

namespace Shop.Messaging.Database;

/// <summary>A partition a day for tables keyed by UUIDv7: made a day ahead, dropped after their retention.</summary>
internal static class Partitions
{
    private static readonly string[] Tables = ["outbox", "inbox", "command", "saga_log"];

    /// <summary>Makes those of today and tomorrow (database time). Rows of any other day go to the default partition.</summary>
    public static async Task EnsureAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select messaging.ensure_partition(t, d) from unnest($1) t, generate_series(0, 1) d", connection)
        {
            Parameters = { new NpgsqlParameter<string[]> { TypedValue = Tables } },
        };
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Drops the days of <paramref name="table"/> older than <paramref name="retention"/>; what lies in the default partition goes row by row. Returns how many days went.</summary>
    public static async Task<int> DropAsync(NpgsqlConnection connection, string table, TimeSpan retention, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select messaging.drop_partitions($1, $2)", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = table }, new NpgsqlParameter<TimeSpan> { TypedValue = retention } },
        };
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }
}
