using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Aspire.Confluent.Kafka;

/// <summary>
/// Spans and metrics by OpenTelemetry's conventions for messaging, version 1.24, under the name that the official
/// package uses, so that dashboards and samplers need to know only one.
/// </summary>
internal static class Telemetry
{
    public const string Name = "OpenTelemetry.Instrumentation.ConfluentKafka";
    public const string Publish = "publish";
    public const string Receive = "receive";

    public const string System = "messaging.system";
    public const string Operation = "messaging.operation";
    public const string ClientId = "messaging.client_id";
    public const string Destination = "messaging.destination.name";
    public const string Partition = "messaging.kafka.destination.partition";
    public const string Offset = "messaging.kafka.message.offset";
    public const string Key = "messaging.kafka.message.key";
    public const string Group = "messaging.kafka.consumer.group";
    public const string ErrorType = "error.type";

    public static readonly ActivitySource Source = new(Name, "0.1.0.0");

    private static readonly Meter Meter = new(Name, "0.1.0.0");

    public static readonly Operations Published = new(Meter, Publish);
    public static readonly Operations Received = new(Meter, Receive);

    /// <summary>Number and duration of one kind of operation.</summary>
    public sealed class Operations(Meter meter, string operation)
    {
        private readonly Counter<long> _messages = meter.CreateCounter<long>($"messaging.{operation}.messages");
        private readonly Histogram<double> _seconds = meter.CreateHistogram<double>($"messaging.{operation}.duration");

        public void Record(string topic, int? partition, TimeSpan duration, string? error)
        {
            var tags = new TagList { { Operation, operation }, { System, "kafka" }, { Destination, topic } };
            if (partition is not null)
            {
                tags.Add(Partition, partition);
            }

            if (error is not null)
            {
                tags.Add(ErrorType, error);
            }

            _messages.Add(1, tags);
            _seconds.Record(duration.TotalSeconds, tags);
        }
    }
}
