using System.Text;
using Confluent.Kafka;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Shop.Basket.Items;
using Shop.Ordering.V1;
using Shop.Persistence;
using Shop.Protos;

namespace Shop.Basket.Tests.Running;

/// <summary>What Ordering publishes: handled at once, or put on the topic.</summary>
internal static class OrderEvents
{
    public static OrderConfirmed Confirmed(Guid member, long? basketVersion)
    {
        var confirmed = new OrderConfirmed { OrderId = Guid.CreateVersion7().ToString(), MemberId = member.ToString() };
        if (basketVersion is { } version)
            confirmed.BasketVersion = version;
        return confirmed;
    }

    /// <summary>As the consumer does it: in a transaction that it saves.</summary>
    public static async Task HandleAsync(this RunningBasket basket, OrderConfirmed confirmed)
    {
        await using var scope = basket.First.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BasketDb>();
        await db.InTransactionAsync(token => new RemoveBought(db).HandleAsync(confirmed, null!, token), TestContext.Current.CancellationToken);
    }

    /// <param name="eventId">The same one is the same event delivered again.</param>
    public static async Task PublishAsync(this RunningBasket basket, OrderConfirmed confirmed, Guid eventId)
    {
        using var producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = basket.Kafka.BootstrapServers, LingerMs = 5 })
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        await producer.ProduceAsync(Topics.Orders, new()
        {
            Key = confirmed.OrderId,
            Value = confirmed.ToByteArray(),
            Headers = new()
            {
                { "ce_specversion", "1.0"u8.ToArray() }, { "ce_id", Encoding.UTF8.GetBytes(eventId.ToString()) },
                { "ce_type", Encoding.UTF8.GetBytes(OrderConfirmed.Descriptor.FullName) }, { "ce_source", "/shop/ordering"u8.ToArray() }, { "ce_time", "2026-01-01T00:00:00.000Z"u8.ToArray() },
            },
        });
    }
}
