using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Messaging.Kafka;

namespace Shop.Messaging.Inbox;

/// <summary>
/// Records the topic id to which each partition's committed offset belongs. A recreated topic has a new id: an offset of the old topic would skip records of the new
/// one, which is therefore read from its beginning. Stored in the database, because the partition may be assigned to another replica, or after a restart.
/// </summary>
internal sealed partial class ConsumedPartitions(NpgsqlDataSource source, TopicIds topicIds, ILogger<ConsumedPartitions> logger)
{
    /// <summary>The start offsets of newly assigned partitions: the group's committed offset, or the beginning of a recreated topic.</summary>
    /// <param name="commit">Commits offsets for the group.</param>
    public async Task<IReadOnlyList<TopicPartitionOffset>> StartsAsync(IReadOnlyList<TopicPartition> partitions, Action<IReadOnlyList<TopicPartitionOffset>> commit, CancellationToken cancel)
    {
        var current = await CurrentAsync(partitions, cancel);
        var known = await KnownAsync(partitions, cancel);
        var recreated = current.Keys.Where(partition => known.TryGetValue(partition, out var id) && id != current[partition]).ToHashSet();
        if (recreated.Count > 0)
        {
            // Before the id is stored: after a crash in between the commit is repeated.
            commit([.. recreated.Select(partition => new TopicPartitionOffset(partition, 0))]);
            LogRecreated(string.Join(", ", recreated.Select(partition => $"{partition.Topic}/{partition.Partition.Value}")));
        }
        await StoreAsync([.. current.Where(partition => known.GetValueOrDefault(partition.Key) != partition.Value)], cancel);
        return [.. partitions.Select(partition => new TopicPartitionOffset(partition, recreated.Contains(partition) ? Offset.Beginning : Offset.Unset))];
    }

    /// <summary>Whether the topic of one of these assigned partitions has been recreated since its assignment.</summary>
    public async Task<bool> AreOutdatedAsync(IReadOnlyList<TopicPartition> partitions, CancellationToken cancel)
    {
        var current = await CurrentAsync(partitions, cancel);
        var known = current.Count == 0 ? [] : await KnownAsync(partitions, cancel);
        return current.Any(partition => known.TryGetValue(partition.Key, out var id) && id != partition.Value);
    }

    private async Task<Dictionary<TopicPartition, string>> CurrentAsync(IReadOnlyList<TopicPartition> partitions, CancellationToken cancel)
    {
        var ids = await topicIds.ReadAsync(partitions.Select(partition => partition.Topic), cancel);
        return partitions.Where(partition => ids.ContainsKey(partition.Topic)).ToDictionary(partition => partition, partition => ids[partition.Topic]);
    }

    private async Task<Dictionary<TopicPartition, string>> KnownAsync(IReadOnlyList<TopicPartition> partitions, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select topic, partition, topic_id from messaging.consumed_partition where topic = any($1)");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. partitions.Select(partition => partition.Topic).Distinct()] });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var known = new Dictionary<TopicPartition, string>();
        while (await reader.ReadAsync(cancel))
            known.Add(new(reader.GetString(0), reader.GetInt32(1)), reader.GetString(2));
        return known;
    }

    private async Task StoreAsync(List<KeyValuePair<TopicPartition, string>> ids, CancellationToken cancel)
    {
        if (ids.Count == 0)
            return;
        await using var command = source.CreateCommand("""
            insert into messaging.consumed_partition (topic, partition, topic_id) select * from unnest($1, $2, $3)
            on conflict (topic, partition) do update set topic_id = excluded.topic_id
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. ids.Select(id => id.Key.Topic)] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. ids.Select(id => id.Key.Partition.Value)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. ids.Select(id => id.Value)] });
        await command.ExecuteNonQueryAsync(cancel);
    }

    [LoggerMessage(LogLevel.Warning, "Topics recreated: {Partitions} are read from the beginning (the inbox drops applied events)")]
    private partial void LogRecreated(string partitions);
}
