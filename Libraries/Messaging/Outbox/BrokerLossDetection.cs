using Confluent.Kafka;
using Npgsql;
using Shop.Messaging.Definition;
using Shop.Messaging.Kafka;

namespace Shop.Messaging.Outbox;

/// <summary>Detects that the broker has lost acknowledged events: a topic has a new id, or its end lies before an acknowledged offset.</summary>
internal sealed class BrokerLossDetection(NpgsqlDataSource source, BrokerOffsets broker, TopicIds topicIds, MessagingDefinition definition)
{
    /// <summary>The ids of the topics that this service publishes to.</summary>
    public Task<IReadOnlyDictionary<string, string>> ReadTopicIdsAsync(CancellationToken cancel) => topicIds.ReadAsync(definition.PublishedTopics, cancel);

    /// <summary>Null: no loss. The id of a topic seen for the first time is stored.</summary>
    public async Task<BrokerLoss?> FindAsync(IReadOnlyDictionary<string, string> ids, CancellationToken cancel) =>
        await FindOtherTopicAsync(ids, cancel) ?? await FindEarlierEndAsync(cancel);

    private async Task<BrokerLoss?> FindOtherTopicAsync(IReadOnlyDictionary<string, string> ids, CancellationToken cancel)
    {
        if (ids.Count == 0)
            return null;
        await using var command = source.CreateCommand("""
            with seen as (select * from unnest($1, $2) s (topic, topic_id)),
                 first as (insert into messaging.outbox_topic select * from seen where topic not in (select topic from messaging.outbox_topic) on conflict do nothing)
            select topic, known.topic_id from messaging.outbox_topic known join seen using (topic) where known.topic_id <> seen.topic_id limit 1
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. ids.Keys] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. ids.Values] });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
            return null;
        var (topic, known) = (reader.GetString(0), reader.GetString(1));
        return new($"topic {topic} was recreated", new("update messaging.outbox_topic set topic_id = $3 where topic = $1 and topic_id = $2")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = topic }, new NpgsqlParameter<string> { TypedValue = known }, new NpgsqlParameter<string> { TypedValue = ids[topic] } },
        });
    }

    private async Task<BrokerLoss?> FindEarlierEndAsync(CancellationToken cancel)
    {
        var acknowledged = new Dictionary<TopicPartition, long>();
        await using (var command = source.CreateCommand("select topic, partition, acked from messaging.outbox_offset"))
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
                acknowledged.Add(new(reader.GetString(0), reader.GetInt32(1)), reader.GetInt64(2));
        }
        if (acknowledged.Count == 0)
            return null;

        var ends = await broker.EndsAsync(acknowledged.Keys, cancel);
        var lost = acknowledged.FirstOrDefault(offset => ends[offset.Key] <= offset.Value);
        if (lost.Key is null)
            return null;
        return new($"{lost.Key.Topic}/{lost.Key.Partition.Value} acknowledged offset {lost.Value}, but ends at {ends[lost.Key]}",
            new("delete from messaging.outbox_offset where topic = $1 and partition = $2 and acked = $3")
            {
                Parameters =
                {
                    new NpgsqlParameter<string> { TypedValue = lost.Key.Topic }, new NpgsqlParameter<int> { TypedValue = lost.Key.Partition.Value },
                    new NpgsqlParameter<long> { TypedValue = lost.Value },
                },
            });
    }
}

/// <param name="Claim">Removes the evidence of the loss. Affects no row if another replica was first.</param>
internal sealed record BrokerLoss(string What, NpgsqlCommand Claim);
