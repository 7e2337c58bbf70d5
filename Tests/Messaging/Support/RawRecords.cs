using System.Text;
using Confluent.Kafka;
using Google.Protobuf;
using Shop.Messaging.Tests.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Support;

/// <summary>Writes raw records to a topic, also ones that no outbox of this shop would publish.</summary>
internal sealed class RawRecords(KafkaBroker broker) : IDisposable
{
    public const string Topic = "shop.testing.v1";

    private readonly IProducer<byte[], byte[]> _producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = broker.BootstrapServers, LingerMs = 1 })
        .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

    /// <summary>A record as an outbox would publish it, to be modified by a test.</summary>
    public static Message<byte[], byte[]> Deposited(string account, long sequence = 1) => new()
    {
        Key = Encoding.UTF8.GetBytes(account),
        Value = new Deposited { Account = account, Sequence = sequence }.ToByteArray(),
        Headers = new()
        {
            { "ce_specversion", "1.0"u8.ToArray() }, { "ce_id", Encoding.UTF8.GetBytes(Guid.CreateVersion7().ToString()) }, { "ce_type", "shop.testing.v1.Deposited"u8.ToArray() },
            { "ce_source", "/shop/testing"u8.ToArray() }, { "ce_time", "2026-01-01T00:00:00.000Z"u8.ToArray() },
        },
    };

    public Task SendAsync(int partition, Message<byte[], byte[]> message) => _producer.ProduceAsync(new TopicPartition(Topic, partition), message);

    public void Dispose() => _producer.Dispose();
}

internal static class RawMessages
{
    public static Message<byte[], byte[]> With(this Message<byte[], byte[]> message, string header, byte[]? value)
    {
        message.Headers.Remove(header);
        if (value is not null)
            message.Headers.Add(header, value);
        return message;
    }
}
