using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Shop.Messaging.Outbox;

/// <summary>
/// Tells the other replicas that this one lives, and which of them do not: each holds an advisory lock in the session with which it listens, and a process that dies
/// takes its session with it, while one that is merely slow or stands still keeps it. Whose session was lost otherwise has some seconds to announce itself anew;
/// should a living one be buried all the same, its sagas' fences keep it out as they do when a lease has ended.
/// </summary>
internal sealed partial class ReplicaPresence(
    NpgsqlDataSource source, MessagingDefinition definition, IOptions<OutboxOptions> options, TimeProvider clock, ILogger<ReplicaPresence> logger)
{
    private Dictionary<Guid, long> _silentSince = [];

    /// <summary>Holds the lock as long as the session lives.</summary>
    public async Task AnnounceAsync(NpgsqlConnection session, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select messaging.be_present($1)", session)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = definition.Replica } },
        };
        await command.ExecuteNonQueryAsync(cancel);
        // Only after it has the lock: it would be taken for dead.
        await using var announce = new NpgsqlCommand("""
            insert into messaging.replica (id, seen_until, announced) values ($1, now(), true)
            on conflict (id) do update set announced = true
            """, session)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = definition.Replica } },
        };
        await announce.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Frees what replicas held that have been silent for long enough. True: there were some.</summary>
    public async Task<bool> BuryAsync(IReadOnlyList<Guid> silent, CancellationToken cancel)
    {
        var now = clock.GetTimestamp();
        _silentSince = silent.ToDictionary(replica => replica, replica => _silentSince.GetValueOrDefault(replica, now));
        Guid[] gone = [.. _silentSince.Where(replica => clock.GetElapsedTime(replica.Value, now) >= options.Value.DeadAfter).Select(replica => replica.Key)];
        if (gone.Length == 0)
            return false;

        await using var command = source.CreateCommand("select messaging.bury($1)");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = gone });
        var buried = (Guid[])(await command.ExecuteScalarAsync(cancel))!;
        foreach (var replica in buried)
            LogBuried(replica);
        return buried.Length > 0;
    }

    [LoggerMessage(LogLevel.Warning, "Replica {Replica} has died: its sagas and shards go on elsewhere")]
    private partial void LogBuried(Guid replica);
}
