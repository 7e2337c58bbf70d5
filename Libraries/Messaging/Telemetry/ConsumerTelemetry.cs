using System.Diagnostics;
using System.Diagnostics.Metrics;
using Shop.Messaging.Definition;

namespace Shop.Messaging.Telemetry;

internal static class ConsumerTelemetry
{
    private static readonly Counter<long> ConsumedEvents = MessagingTelemetry.Meter.CreateCounter<long>("shop.consumer.consumed", "{event}", "Events taken from a topic and done with.");
    private static readonly Histogram<int> BatchSize = MessagingTelemetry.Meter.CreateHistogram<int>("shop.consumer.batch.size", "{event}", "Events that shared a transaction.",
        advice: new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500] });
    private static readonly Histogram<double> Age = MessagingTelemetry.Meter.CreateHistogram<double>("shop.consumer.age", "s", "From an event's publication to its being done with.",
        advice: new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600] });
    private static readonly Counter<long> Duplicates = MessagingTelemetry.Meter.CreateCounter<long>("shop.consumer.duplicates", "{event}", "Events that were delivered again, and dropped.");
    private static readonly Counter<long> Retries = MessagingTelemetry.Meter.CreateCounter<long>("shop.consumer.retries", "{attempt}", "Attempts that failed and are repeated.");
    private static readonly Counter<long> ParkedEvents = MessagingTelemetry.Meter.CreateCounter<long>("shop.consumer.parked", "{event}", "Events put aside as dead letters.");
    private static readonly Counter<long> SkippedEvents = MessagingTelemetry.Meter.CreateCounter<long>("shop.consumer.skipped", "{event}", "Records that no handler is for.");

    public static Activity? StartHandle(Delivery delivery)
    {
        if (!MessagingTelemetry.Source.HasListeners())
            return null;
        var context = delivery.Event.Context;
        ActivityContext.TryParse(delivery.Event.TraceParent, delivery.Event.TraceState, isRemote: true, out var parent);
        return MessagingTelemetry.Source.StartActivity($"{delivery.Handler.Consumer} {context.Topic}", ActivityKind.Consumer, parent, MessagingTelemetry.Tags(context.Topic, context.Key, context.EventId, context.Type));
    }

    /// <param name="age">Of the oldest event of the batch.</param>
    public static void Consumed(string topic, int count, TimeSpan? age)
    {
        var tag = new KeyValuePair<string, object?>("messaging.destination.name", topic);
        ConsumedEvents.Add(count, tag);
        BatchSize.Record(count, tag);
        if (age is { } seconds)
            Age.Record(seconds.TotalSeconds, tag);
    }

    public static void DroppedDuplicate(Delivery delivery) => Duplicates.Add(1, ConsumerTag(delivery));

    public static void Retried(Delivery delivery, bool transient) => Retries.Add(1, ConsumerTag(delivery), new("transient", transient));

    public static void Parked(Delivery delivery) => ParkedEvents.Add(1, ConsumerTag(delivery));

    // No tag for the type: it comes from outside, and would make the number of series unbounded.
    public static void Skipped(string topic, string reason) => SkippedEvents.Add(1, new("messaging.destination.name", topic), new("reason", reason));

    private static KeyValuePair<string, object?> ConsumerTag(Delivery delivery) => new("consumer", delivery.Handler.Consumer);
}
