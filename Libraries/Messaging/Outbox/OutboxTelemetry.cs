using System.Diagnostics;
using System.Diagnostics.Metrics;
using Shop.Messaging.Telemetry;

namespace Shop.Messaging.Outbox;

internal static class OutboxTelemetry
{
    private static readonly Counter<long> PublishedEvents = MessagingTelemetry.Meter.CreateCounter<long>("shop.outbox.published", "{event}", "Events the broker has acknowledged.");

    public static Activity? StartPublish(UnpublishedEvent message)
    {
        ActivityContext.TryParse(message.TraceParent, message.TraceState, isRemote: true, out var parent);
        // No span without a parent: it would start a trace without context.
        if (message.TraceParent is null || !MessagingTelemetry.Source.HasListeners())
            return null;
        var previous = Activity.Current;
        var span = MessagingTelemetry.Source.StartActivity($"publish {message.Topic}", ActivityKind.Producer, parent, MessagingTelemetry.Tags(message.Topic, message.Key, message.EventId, message.Type));
        Activity.Current = previous;   // it ends on the producer's thread
        return span;
    }

    public static void Published(UnpublishedEvent message) => PublishedEvents.Add(1, new KeyValuePair<string, object?>("messaging.destination.name", message.Topic));
}
