using System.Diagnostics;
using Npgsql;

namespace Shop.Load.Measuring;

/// <summary>
/// The machine's limit: plain commits of one row per second, on the same server, with the same number of connections and no other load.
/// A durable shop on this disk cannot be faster than this limit divided by its commits per order.
/// </summary>
internal static class CommitLimit
{
    private const string Table = "load_commits";

    public static async Task<double> PerSecondAsync(string database, int connections, TimeSpan duration, CancellationToken cancel)
    {
        await using var owner = await ServerConnection.OpenAsync(database, cancel);
        // In a schema of its own.
        await ExecuteAsync(owner, $"drop schema if exists {Table} cascade; create schema {Table}; create table {Table}.entry (id uuid primary key, at timestamptz not null)", cancel);
        var writers = new List<NpgsqlConnection>();
        try
        {
            for (var i = 0; i < connections; i++)
                writers.Add(await ServerConnection.OpenAsync(database, cancel));
            var begun = Stopwatch.GetTimestamp();
            var commits = await Task.WhenAll(writers.Select(writer => WriteAsync(writer, () => Stopwatch.GetElapsedTime(begun) < duration, cancel)));
            return commits.Sum() / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        }
        finally
        {
            foreach (var writer in writers)
                await writer.DisposeAsync();
            await ExecuteAsync(owner, $"drop schema {Table} cascade", CancellationToken.None);
        }
    }

    private static async Task<int> WriteAsync(NpgsqlConnection connection, Func<bool> isRunning, CancellationToken cancel)
    {
        await using var insert = new NpgsqlCommand($"insert into {Table}.entry values ($1, now())", connection);
        var id = new NpgsqlParameter<Guid>();
        insert.Parameters.Add(id);
        var count = 0;
        await insert.PrepareAsync(cancel);
        for (; isRunning(); count++)
        {
            id.TypedValue = Guid.CreateVersion7();
            await insert.ExecuteNonQueryAsync(cancel);
        }
        return count;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
