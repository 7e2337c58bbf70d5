using System.Diagnostics.Metrics;
using Shop.Messaging.Telemetry;
using Shop.Messaging.V1;

namespace Shop.Messaging.Comparison;

internal static class ComparisonTelemetry
{
    private static readonly Counter<long> ComparedCount = MessagingTelemetry.Meter.CreateCounter<long>("shop.consumer.compared", "{event}", "Published events that a handler's inbox was compared with.");
    private static readonly Counter<long> MissedCount = MessagingTelemetry.Meter.CreateCounter<long>("shop.consumer.missed", "{event}", "Published events that a comparison did not find in the inbox.");

    public static void Compared(ComparedEvents result)
    {
        KeyValuePair<string, object?>[] tags = [new("consumer", result.Consumer), new("messaging.destination.name", result.Kind.Topic)];
        ComparedCount.Add(result.Published, tags);
        MissedCount.Add(result.Missing, tags);
    }
}
