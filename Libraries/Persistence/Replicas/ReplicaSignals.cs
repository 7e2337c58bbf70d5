using Npgsql;

namespace Shop.Persistence.Replicas;

/// <summary>
/// Sends signals to all replicas by NOTIFY, outside business transactions: inside them NOTIFY takes a server-wide lock at commit. A signal may be lost:
/// a listener must also poll. Thread-safe; a singleton.
/// </summary>
public sealed class ReplicaSignals(NpgsqlDataSource source)
{
    /// <summary>Sends one signal.</summary>
    /// <param name="channel">The listener's <see cref="ISignalListener.Channel"/>.</param>
    /// <param name="payload">At most 7,999 bytes, PostgreSQL's limit.</param>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public async Task SendAsync(string channel, string payload, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        // A notification writes a commit record, which need not be durable.
        batch.BatchCommands.Add(new("select set_config('synchronous_commit', 'off', true)"));
        batch.BatchCommands.Add(new("select pg_notify($1, $2)") { Parameters = { new() { Value = channel }, new() { Value = payload } } });
        await batch.ExecuteNonQueryAsync(cancel);
    }
}
