using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Shop.Messaging.Tests.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Broker;

public sealed class ClientTelemetryTests(Servers servers)
{
    private const string Integration = "OpenTelemetry.Instrumentation.ConfluentKafka", Topic = "shop.testing.v1";

    [Fact]
    public async Task The_integration_counts_what_is_published_and_received()
    {
        var seen = new ConcurrentDictionary<string, object?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, meter) =>
            {
                if (instrument.Meter.Name == Integration)
                    meter.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => seen.TryAdd($"{instrument.Name} {TopicOf(tags)}", null));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => seen.TryAdd($"{instrument.Name} {TopicOf(tags)}", null));
        listener.Start();
        await using var broker = await servers.BrokerAsync();
        await using var replica = await StartAsync(broker);

        await PublishAsync(replica);

        string[] expected = ["messaging.publish.messages", "messaging.publish.duration", "messaging.receive.messages", "messaging.receive.duration"];
        await Eventually.TrueAsync(() => expected.All(name => seen.ContainsKey($"{name} {Topic}")), "all of them");
    }

    [Fact]
    public async Task An_event_carries_one_trace_context_its_own()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Integration or "Shop.Messaging" or "Shop.Sagas" or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        await using var broker = await servers.BrokerAsync();
        await using var replica = await StartAsync(broker);

        using var request = source.StartActivity("request")!;
        await PublishAsync(replica);
        request.Stop();
        using var topic = new TopicReader(broker, Topic);
        await topic.ReadUntilAsync(records => records.Count > 0, "the event");
        await Eventually.TrueAsync(() => spans.Any(span => span.OperationName == $"KeepEntries {Topic}"), "it is handled");

        var publish = spans.Single(span => span.OperationName == $"publish {Topic}");
        var carried = Assert.Single(topic.Records.Single().Message.Headers, header => header.Key == "traceparent");
        Assert.Equal(publish.Id, System.Text.Encoding.UTF8.GetString(carried.GetValueBytes()));
        Assert.DoesNotContain(spans, span => span.Source.Name == Integration);
    }

    private async Task<Replica> StartAsync(KafkaBroker broker) => await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers,
        messaging => messaging.Publishes(Topic).Handles<Deposited, KeepEntries>());

    private static Task PublishAsync(Replica replica) => replica.DoAsync(db =>
    {
        db.Publish(new Deposited { Account = "a", Sequence = 1 });
        return db.SaveChangesAsync();
    });

    private static string? TopicOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (name == "messaging.destination.name")
                return (string?)value;
        }
        return null;
    }
}
