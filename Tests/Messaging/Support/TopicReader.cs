using Confluent.Kafka;
using Shop.Testing;

namespace Shop.Messaging.Tests.Support;

/// <summary>Reads all records of a topic, duplicates included, with their headers.</summary>
internal sealed class TopicReader : IDisposable
{
    private readonly IConsumer<string, byte[]> _consumer;

    public TopicReader(KafkaBroker broker, string topic)
    {
        _consumer = new ConsumerBuilder<string, byte[]>(new ConsumerConfig
        {
            BootstrapServers = broker.BootstrapServers,
            GroupId = Guid.CreateVersion7().ToString(),
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
            TopicMetadataRefreshIntervalMs = 500,
        }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        _consumer.Subscribe(topic);
    }

    public List<ConsumeResult<string, byte[]>> Records { get; } = [];

    /// <summary>Reads until the condition holds for the records so far.</summary>
    public Task ReadUntilAsync(Func<IReadOnlyList<ConsumeResult<string, byte[]>>, bool> condition, string what, TimeSpan? within = null) =>
        Eventually.TrueAsync(() => Task.Run(() =>
        {
            try
            {
                while (!condition(Records) && _consumer.Consume(TimeSpan.FromMilliseconds(200)) is { } record)
                    Records.Add(record);
            }
            catch (ConsumeException failure) when (failure.Error.Code is ErrorCode.UnknownTopicOrPart)
            {
                return false;
            }
            return condition(Records);
        }), what, within);

    public void Dispose()
    {
        _consumer.Close();
        _consumer.Dispose();
    }
}
