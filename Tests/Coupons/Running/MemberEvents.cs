using System.Text;
using Confluent.Kafka;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Shop.Members.V1;
using Shop.Protos;
using Shop.Testing;

namespace Shop.Coupons.Tests.Running;

/// <summary>What Members publishes, put on the topic by a test, as often as it likes.</summary>
internal sealed class MemberEvents(KafkaBroker broker) : IDisposable
{
    private readonly IProducer<string, byte[]> _producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = broker.BootstrapServers, LingerMs = 5 })
        .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

    /// <param name="eventId">The same one is the same event delivered again.</param>
    public Task RegisteredAsync(Guid member, Guid? eventId = null) => _producer.ProduceAsync(Topics.Members, new()
    {
        Key = member.ToString(),
        Value = new MemberRegistered { MemberId = member.ToString(), Name = "김하나", Language = "ko", RegisteredAt = TimeProvider.System.GetUtcNow().AddYears(-1).ToTimestamp() }.ToByteArray(),
        Headers = new()
        {
            { "ce_specversion", "1.0"u8.ToArray() }, { "ce_id", Encoding.UTF8.GetBytes((eventId ?? Guid.CreateVersion7()).ToString()) },
            { "ce_type", Encoding.UTF8.GetBytes(MemberRegistered.Descriptor.FullName) }, { "ce_source", "/shop/members"u8.ToArray() }, { "ce_time", "2026-01-01T00:00:00.000Z"u8.ToArray() },
        },
    });

    public void Dispose() => _producer.Dispose();
}
