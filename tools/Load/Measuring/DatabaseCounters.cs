using Npgsql;

namespace Shop.Load.Measuring;

/// <summary>The statistics counters of the database servers. A measurement is the difference of two readings.</summary>
/// <param name="Commits">By database: committed transactions, including read-only ones.</param>
/// <param name="Writes">Writing transactions: those with a transaction id.</param>
/// <param name="Flushes">Flushes (fsync) of the write-ahead log.</param>
/// <param name="LogBytes">Bytes of the write-ahead log.</param>
internal sealed record DatabaseCounters(IReadOnlyDictionary<string, long> Commits, long Writes, long Flushes, long LogBytes)
{
    /// <summary>An idle session reports its counters after 1 s, or 10 s at most.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(11);

    private const string Sql =
        """
        select null, pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
               (select coalesce(sum(fsyncs), 0)::bigint from pg_stat_io where object = 'wal'),
               (select wal_bytes::bigint from pg_stat_wal)
        union all
        select datname, xact_commit, 0, 0 from pg_stat_database where datname is not null
        """;

    public long AllCommits => Commits.Values.Sum();

    public static async Task<DatabaseCounters> ReadAsync(IEnumerable<string> servers, CancellationToken cancel)
    {
        var commits = new Dictionary<string, long>();
        long writes = 0, flushes = 0, bytes = 0;
        foreach (var server in servers)
        {
            await using var connection = await ServerConnection.OpenAsync(server, cancel);
            await using var command = new NpgsqlCommand(Sql, connection);
            await using var row = await command.ExecuteReaderAsync(cancel);
            while (await row.ReadAsync(cancel))
            {
                if (row.IsDBNull(0))
                {
                    writes += row.GetInt64(1);
                    flushes += row.GetInt64(2);
                    bytes += row.GetInt64(3);
                }
                else if (row.GetString(0) is var name && !name.StartsWith("template", StringComparison.Ordinal))
                {
                    commits[name] = commits.GetValueOrDefault(name) + row.GetInt64(1);
                }
            }
        }
        return new(commits, writes, flushes, bytes);
    }

    public DatabaseCounters Since(DatabaseCounters before) => new(
        Commits.ToDictionary(database => database.Key, database => database.Value - before.Commits.GetValueOrDefault(database.Key)),
        Writes - before.Writes, Flushes - before.Flushes, LogBytes - before.LogBytes);
}
