using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Messaging.Kafka;

namespace Shop.Messaging.Inbox;

/// <summary>
/// Knows in which topic of its name each partition's committed offset lies. A topic that was deleted and made again has another id: an offset of the old one would skip
/// whatever lies before it in the new one, which is therefore read from its beginning. Kept in the database and not in memory, for another replica, or one that starts
/// later, may get the partition.
/// </summary>
internal sealed partial class ConsumedPartitions(NpgsqlDataSource source, TopicIds topicIds, ILogger<ConsumedPartitions> logger)
{
    /// <summary>Where to begin with partitions that this member has just been given: where the group has left off, or at the beginning of what is another topic by now.</summary>
    /// <param name="commit">Of the group.</param>
    public async Task<IReadOnlyList<TopicPartitionOffset>> StartsAsync(IReadOnlyList<TopicPartition> partitions, Action<IReadOnlyList<TopicPartitionOffset>> commit, CancellationToken cancel)
    {
        var current = await CurrentAsync(partitions, cancel);
        var known = await KnownAsync(partitions, cancel);
        var begun = current.Keys.Where(partition => known.TryGetValue(partition, out var id) && id != current[partition]).ToHashSet();
        if (begun.Count > 0)
        {
            // Before the id is kept: after a crash in between it is done once more.
            commit([.. begun.Select(partition => new TopicPartitionOffset(partition, 0))]);
            LogMadeAgain(string.Join(", ", begun.Select(partition => $"{partition.Topic}/{partition.Partition.Value}")));
        }
        await KeepAsync([.. current.Where(partition => known.GetValueOrDefault(partition.Key) != partition.Value)], cancel);
        return [.. partitions.Select(partition => new TopicPartitionOffset(partition, begun.Contains(partition) ? Offset.Beginning : Offset.Unset))];
    }

    /// <summary>Whether one of these, which are being read, belongs to a topic that has been made again since.</summary>
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

    private async Task KeepAsync(List<KeyValuePair<TopicPartition, string>> ids, CancellationToken cancel)
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

    [LoggerMessage(LogLevel.Warning, "Deleted and made again, so read from their beginning (what was applied is dropped): {Partitions}")]
    private partial void LogMadeAgain(string partitions);
}
