using System.Text;
using Confluent.Kafka;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Shop.Events.V1;
using Shop.Messaging;
using Shop.OrderHistory.Projection;
using Shop.Persistence;

namespace Shop.OrderHistory.Tests.Running;

/// <summary>Gives events to the projection, as the consumer does, or to the topics.</summary>
internal static class Handling
{
    /// <summary>In one transaction.</summary>
    public static async Task HandleAsync(this IServiceProvider replica, params IReadOnlyCollection<IMessage> events)
    {
        await using var scope = replica.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrderHistoryDb>();
        var keys = events.Select(KeyOf).ToHashSet();
        await db.InTransactionAsync(async token =>
        {
            var handler = scope.ServiceProvider.GetRequiredService<ProjectOrder>();
            foreach (var @event in events)
                await HandleAsync(handler, (dynamic)@event, ContextOf(@event, keys), token);
        }, TestContext.Current.CancellationToken);
    }

    private static Task HandleAsync<TEvent>(IHandle<TEvent> handler, TEvent @event, EventContext context, CancellationToken cancel) where TEvent : IMessage =>
        handler.HandleAsync(@event, context, cancel);

    public static void Publish(this RunningOrderHistory history, IEnumerable<IMessage> events)
    {
        using var producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = history.Kafka.BootstrapServers, Partitioner = Partitioner.Murmur2Random }).Build();
        foreach (var @event in events)
        {
            while (true)
            {
                try
                {
                    producer.Produce(@event.Descriptor.GetOptions().GetExtension(OptionsExtensions.Topic), new() { Key = KeyOf(@event), Value = @event.ToByteArray(), Headers = HeadersOf(@event) });
                    break;
                }
                catch (ProduceException<string, byte[]> failure) when (failure.Error.Code == ErrorCode.Local_QueueFull)
                {
                    producer.Poll(TimeSpan.FromMilliseconds(100));
                }
            }
        }
        producer.Flush(TimeSpan.FromSeconds(60));
    }

    private static string KeyOf(IMessage @event) => (string)@event.Descriptor.FindFieldByName("order_id").Accessor.GetValue(@event);

    private static EventContext ContextOf(IMessage @event, IReadOnlyCollection<string> keys) => new()
    {
        EventId = Guid.CreateVersion7(), Type = @event.Descriptor.FullName, Topic = "", Key = KeyOf(@event), Source = "", Time = TimeProvider.System.GetUtcNow(), BatchKeys = keys,
    };

    private static Headers HeadersOf(IMessage @event) => new()
    {
        { "ce_id", Utf8(Guid.CreateVersion7().ToString()) }, { "ce_type", Utf8(@event.Descriptor.FullName) }, { "ce_source", Utf8("/shop/test") },
        { "ce_time", Utf8("2026-03-01T09:00:00Z") }, { "ce_specversion", Utf8("1.0") },
    };

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
