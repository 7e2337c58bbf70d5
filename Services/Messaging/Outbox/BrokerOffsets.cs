using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Options;

namespace Shop.Messaging.Outbox;

/// <summary>Asks the broker where its partitions end.</summary>
internal sealed class BrokerOffsets(KafkaConnection kafka, IOptions<MessagingOptions> options) : IDisposable
{
    private readonly Lazy<IAdminClient> _admin = new(() => new AdminClientBuilder(kafka.Admin()).SetLogHandler((_, _) => { }).Build());

    /// <summary>The offset after the last record of each partition; 0 for a topic that is not there any more.</summary>
    public async Task<IReadOnlyDictionary<TopicPartition, long>> EndsAsync(IEnumerable<TopicPartition> partitions, CancellationToken cancel)
    {
        var asked = partitions.Select(partition => new TopicPartitionOffsetSpec { TopicPartition = partition, OffsetSpec = OffsetSpec.Latest() }).ToList();
        List<ListOffsetsResultInfo> answers;
        try
        {
            var answer = await _admin.Value.ListOffsetsAsync(asked, new() { RequestTimeout = options.Value.AdminTimeout }).WaitAsync(cancel);
            answers = answer.ResultInfos;
        }
        catch (ListOffsetsException some)
        {
            answers = some.Result.ResultInfos;
        }
        var ends = new Dictionary<TopicPartition, long>();
        foreach (var answer in answers)
        {
            var end = answer.TopicPartitionOffsetError;
            if (!end.Error.IsError)
                ends[end.TopicPartition] = end.Offset.Value;
            else if (end.Error.Code is ErrorCode.UnknownTopicOrPart)
                ends[end.TopicPartition] = 0;
        }
        return ends;
    }

    public void Dispose()
    {
        if (_admin.IsValueCreated)
            _admin.Value.Dispose();
    }
}
