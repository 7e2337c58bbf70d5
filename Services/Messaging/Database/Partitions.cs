using Npgsql;

namespace Shop.Messaging.Database;

/// <summary>A partition a day for tables keyed by UUIDv7: made a day ahead, dropped after their retention.</summary>
internal static class Partitions
{
    private static readonly string[] Tables = ["outbox", "inbox", "command", "saga_log"];

    /// <summary>Makes those of today and tomorrow (database time), each by itself: one that fails keeps no other from being made. Rows of a missing day go to the default partition.</summary>
    /// <returns>Why a day could not be made; empty when all are there.</returns>
    public static async Task<IReadOnlyList<Exception>> EnsureAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var failures = new List<Exception>();
        foreach (var table in Tables)
        {
            for (var ahead = 0; ahead <= 1; ahead++)
            {
                try
                {
                    await using var command = new NpgsqlCommand("select messaging.ensure_partition($1, $2)", connection)
                    {
                        Parameters = { new NpgsqlParameter<string> { TypedValue = table }, new NpgsqlParameter<int> { TypedValue = ahead } },
                    };
                    await command.ExecuteNonQueryAsync(cancel);
                }
                catch (PostgresException failure)
                {
                    failures.Add(failure);
                }
            }
        }
        return failures;
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
