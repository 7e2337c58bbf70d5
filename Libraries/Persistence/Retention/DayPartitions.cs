using System.Data;
using Npgsql;

namespace Shop.Persistence.Retention;

/// <summary>The day partitions of the tables that libraries and service have registered: created a day ahead, dropped after their retention.</summary>
internal sealed class DayPartitions(IEnumerable<DayPartitionedTable> registered)
{
    private readonly IReadOnlyList<DayPartitionedTable> _tables = [.. registered];

    /// <summary>
    /// Creates the partitions of today and tomorrow (database time) and of days with rows in the default partition, each separately: one that fails does not prevent the others.
    /// </summary>
    /// <returns>The failures; empty when all partitions exist.</returns>
    public async Task<IReadOnlyList<PostgresException>> EnsureAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var failures = new List<PostgresException>();
        foreach (var table in _tables)
        {
            foreach (var day in await MissingAsync(connection, table, cancel))
            {
                await using var command = new NpgsqlCommand("select persistence.ensure_day($1::regclass, $2, $3)", connection)
                {
                    Parameters = { Text(table.Name), Text(table.Key), new NpgsqlParameter<DateOnly> { TypedValue = day } },
                };
                await TryAsync(command, failures, cancel);
            }
        }
        return failures;
    }

    /// <summary>Drops the days that are past their retention; expired rows of the default partition are deleted.</summary>
    /// <param name="failures">Receives the failures, by table.</param>
    /// <returns>The number of days dropped.</returns>
    public async Task<int> DropAsync(NpgsqlConnection connection, List<PostgresException> failures, CancellationToken cancel)
    {
        var dropped = 0;
        foreach (var table in _tables)
        {
            await using var command = new NpgsqlCommand("select persistence.drop_days($1::regclass, $2, $3, $4)", connection)
            {
                Parameters = { Text(table.Name), Text(table.Key), new NpgsqlParameter<TimeSpan> { TypedValue = table.Retention }, Text(table.StillNeeded) },
            };
            dropped += await TryAsync(command, failures, cancel) as int? ?? 0;
        }
        return dropped;
    }

    /// <summary>The number of days that lack their partition.</summary>
    public async Task<int> CountMissingAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var missing = 0;
        foreach (var table in _tables)
            missing += (await MissingAsync(connection, table, cancel)).Count;
        return missing;
    }

    private static async Task<List<DateOnly>> MissingAsync(NpgsqlConnection connection, DayPartitionedTable table, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select persistence.missing_days($1::regclass, $2)", connection) { Parameters = { Text(table.Name), Text(table.Key) } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var days = new List<DateOnly>();
        while (await reader.ReadAsync(cancel))
            days.Add(reader.GetFieldValue<DateOnly>(0));
        return days;
    }

    private static async Task<object?> TryAsync(NpgsqlCommand command, List<PostgresException> failures, CancellationToken cancel)
    {
        try
        {
            return await command.ExecuteScalarAsync(cancel);
        }
        catch (PostgresException failure) when (command.Connection is { State: ConnectionState.Open })
        {
            failures.Add(failure);
            return null;
        }
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };
}
