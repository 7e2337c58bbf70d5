using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Shop.Messaging.Tests.V1;
using Shop.Sagas;
using Shop.Sagas.Inspection;
using Shop.Testing;

namespace Shop.Messaging.Tests.Telemetry;

public sealed class TelemetryTests(Servers servers)
{
    [Fact]
    public async Task One_trace_goes_from_the_request_through_saga_outbox_and_broker_to_the_last_handler()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Shop.Messaging" or "Shop.Sagas" or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        await using var broker = await servers.BrokerAsync();
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers,
            messaging => messaging.Publishes("shop.testing.v1").Handles<Deposited, KeepEntries>());

        using var request = source.StartActivity("request")!;
        var id = await replica.DoAsync(async db =>
        {
            var saga = db.Start(new TestState { Account = "a" });
            await db.SaveChangesAsync();
            return saga;
        });
        request.Stop();
        Activity.Current = null;

        await Eventually.TrueAsync(() => Of("KeepEntries shop.testing.v1").Length == 1, "the handler's span");
        Activity saga = Of("saga TestSaga").Single(), finish = Of("finish").Single(), publish = Of("publish shop.testing.v1").Single(), handle = Of("KeepEntries shop.testing.v1").Single();
        Assert.Equal(request.SpanId, saga.ParentSpanId);
        Assert.All((string[])["one", "two", "three", "four", "finish"], step => Assert.Equal(saga.SpanId, Of(step).Single().ParentSpanId));
        Assert.Equal(finish.SpanId, publish.ParentSpanId);
        Assert.Equal(publish.SpanId, handle.ParentSpanId);
        Assert.Equal((ActivityKind.Producer, ActivityKind.Consumer), (publish.Kind, handle.Kind));
        Assert.Equal("a", handle.GetTagItem("messaging.kafka.message.key"));
        Assert.Equal(request.TraceId.ToHexString(), (await replica.Services.GetRequiredService<SagaOperations>().FindAsync(id, default))!.TraceId);

        Activity[] Of(string name) => [.. spans.Where(span => span.OperationName == name && span.TraceId == request.TraceId)];
    }

    [Fact]
    public async Task Outbox_consumers_and_sagas_are_measured()
    {
        var seen = new ConcurrentDictionary<string, byte>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, meter) =>
            {
                if (instrument.Meter.Name is "Shop.Messaging" or "Shop.Sagas" or "Shop.Persistence")
                    meter.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => seen.TryAdd(instrument.Name, 0));
        listener.SetMeasurementEventCallback<int>((instrument, _, _, _) => seen.TryAdd(instrument.Name, 0));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => seen.TryAdd(instrument.Name, 0));
        listener.Start();
        await using var broker = await servers.BrokerAsync();
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers,
            messaging => messaging.Publishes("shop.testing.v1").Handles<Deposited, KeepEntries>());
        await replica.DoAsync(db =>
        {
            db.Start(new TestState { Account = "a" });
            return db.SaveChangesAsync();
        });

        string[] expected =
        [
            "shop.outbox.published", "shop.outbox.backlog", "shop.outbox.age", "shop.outbox.horizon.age", "shop.database.missing_days", "shop.consumer.consumed", "shop.consumer.batch.size",
            "shop.consumer.age", "shop.consumer.lag", "shop.saga.step.duration", "shop.saga.step.attempts", "shop.saga.ended",
        ];
        await Eventually.TrueAsync(() =>
        {
            listener.RecordObservableInstruments();
            return expected.All(seen.ContainsKey);
        }, "all of them", TimeSpan.FromSeconds(25));
    }
}
