using Npgsql;

namespace Shop.Persistence.Replicas;

/// <summary>
/// Signals to the other replicas by NOTIFY. Sent outside business transactions: NOTIFY in them takes a server-wide lock at commit. A signal may be lost:
/// whoever relies on one also polls.
/// </summary>
public sealed class ReplicaSignals(NpgsqlDataSource source)
{
    /// <param name="payload">At most 7,999 bytes, PostgreSQL's limit.</param>
    /// <exception cref="NpgsqlException">The database is not reachable.</exception>
    public async Task SendAsync(string channel, string payload, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        // A notification writes a commit record, but nobody needs it on disk.
        batch.BatchCommands.Add(new("select set_config('synchronous_commit', 'off', true)"));
        batch.BatchCommands.Add(new("select pg_notify($1, $2)") { Parameters = { new() { Value = channel }, new() { Value = payload } } });
        await batch.ExecuteNonQueryAsync(cancel);
    }
}
