using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Shop.Messaging.Telemetry;

/// <summary>The activity source and meter of outbox and consumers, named <c>Shop.Messaging</c>.</summary>
internal static class MessagingTelemetry
{
    public const string Name = "Shop.Messaging";

    public static readonly ActivitySource Source = new(Name);
    public static readonly Meter Meter = new(Name);

    public static IEnumerable<KeyValuePair<string, object?>> Tags(string topic, string key, Guid id, string type) =>
    [
        new("messaging.system", "kafka"),
        new("messaging.destination.name", topic),
        new("messaging.kafka.message.key", key),
        new("messaging.message.id", id.ToString()),
        new("cloudevents.event_type", type),
    ];
}
