using System.Text;
using Confluent.Kafka;
using Google.Protobuf;
using Shop.Members.V1;
using Shop.Ordering.V1;
using Shop.Protos;

namespace Shop.Reviews.Tests.Running;

/// <summary>What Ordering and Members publish, put on their topics.</summary>
internal sealed class ReviewEvents(string kafka) : IDisposable
{
    private readonly IProducer<string, byte[]> _producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = kafka, LingerMs = 5 })
        .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

    public Task DeliveredAsync(Guid member, params Guid[] products)
    {
        var delivered = new OrderDelivered { OrderId = Guid.CreateVersion7().ToString(), MemberId = member.ToString(), Lines = { products.Select(product => new PricedLine { ProductId = product.ToString() }) } };
        return PublishAsync(Topics.Orders, delivered.OrderId, delivered);
    }

    public Task RegisteredAsync(Guid member, string name) => PublishAsync(Topics.Members, member.ToString(), new MemberRegistered { MemberId = member.ToString(), Name = name, Language = "ko" });

    public void Dispose() => _producer.Dispose();

    private Task PublishAsync(string topic, string key, IMessage value) => _producer.ProduceAsync(topic, new()
    {
        Key = key,
        Value = value.ToByteArray(),
        Headers = new()
        {
            { "ce_specversion", "1.0"u8.ToArray() }, { "ce_id", Encoding.UTF8.GetBytes(Guid.CreateVersion7().ToString()) },
            { "ce_type", Encoding.UTF8.GetBytes(value.Descriptor.FullName) }, { "ce_source", "/shop/test"u8.ToArray() }, { "ce_time", "2026-01-01T00:00:00.000Z"u8.ToArray() },
        },
    });
}
