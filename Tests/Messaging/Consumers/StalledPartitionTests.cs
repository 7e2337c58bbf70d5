using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Shop.Messaging.Definition;
using Shop.Messaging.Inbox;
using Shop.Messaging.Tests.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Consumers;

public sealed class StalledPartitionTests(Servers servers)
{
    [Fact]
    public async Task A_partition_that_makes_no_progress_is_measured_logged_and_degraded_while_others_go_on()
    {
        await using var broker = await BrokerAsync();
        using var records = new RawRecords(broker);
        var fault = new HandlerFault(@event => @event.Account == "stuck", _ => new TimeoutException("the upstream is unavailable"));
        var log = new LogRecorder { IsListening = true };
        var stalled = new ConcurrentDictionary<int, double>();
        using var listener = Listen<double>("shop.consumer.stalled", (seconds, tags) => stalled[(int)tags["messaging.destination.partition.id"]!] = seconds);
        await using var replica = await StartAsync(broker, fault, log, ("Messaging:Consumer:StalledAfter", "00:00:00.5"));

        await records.SendAsync(0, RawRecords.Deposited("stuck"));
        await Eventually.TrueAsync(async () => (await HealthAsync(replica)).Status == HealthStatus.Degraded, "degraded");
        Assert.Contains("shop.testing.v1/0", (await HealthAsync(replica)).Description);
        await Eventually.TrueAsync(() =>
        {
            listener.RecordObservableInstruments();
            return stalled.GetValueOrDefault(0) > 0.5 && stalled.GetValueOrDefault(1) == 0;
        }, "measured");
        await Eventually.TrueAsync(() => log.Text.Contains("shop.testing.v1/0 has made no progress at offset 0"), "logged");

        for (var i = 1; i <= 20; i++)
            await records.SendAsync(1 + i % 3, RawRecords.Deposited("free", i));
        await Eventually.TrueAsync(async () => await CountAsync(replica, "free") == 20, "the others go on", TimeSpan.FromSeconds(3));
        Assert.Equal(0, await CountAsync(replica, "stuck"));

        fault.IsOver = true;
        await Eventually.TrueAsync(async () => (await HealthAsync(replica)).Status == HealthStatus.Healthy && await CountAsync(replica, "stuck") == 1, "healthy again");
    }

    [Fact]
    public async Task Records_without_a_handler_are_counted_each_and_logged_at_an_interval()
    {
        await using var broker = await BrokerAsync();
        using var records = new RawRecords(broker);
        var log = new LogRecorder { IsListening = true };
        var counted = new ConcurrentDictionary<string, long>();
        using var listener = Listen<long>("shop.consumer.skipped", (count, tags) => counted.AddOrUpdate((string)tags["reason"]!, count, (_, sum) => sum + count));
        await using var replica = await StartAsync(broker, HandlerFault.None, log);

        for (var i = 0; i < 20; i++)
        {
            await records.SendAsync(0, new() { Key = [1], Value = [2] });
            await records.SendAsync(0, RawRecords.Deposited("a").With("ce_id", "no uuid"u8.ToArray()));
            await records.SendAsync(0, RawRecords.Deposited("a").With("ce_type", "shop.testing.v1.Later"u8.ToArray()));
        }
        await records.SendAsync(0, RawRecords.Deposited("a"));

        await Eventually.TrueAsync(async () => await CountAsync(replica, "a") == 1, "what comes behind is handled");
        Assert.Equal((40, 20), (counted["not_a_cloud_event"], counted["unknown_type"]));
        await Eventually.TrueAsync(() => Lines("they are not CloudEvents") == 1 && Lines("no handler for shop.testing.v1.Later") == 1, "logged");

        int Lines(string text) => log.Text.Split('\n').Count(line => line.Contains(text));
    }

    [Fact]
    public async Task A_partition_that_fails_unexpectedly_waits_by_itself_and_goes_on()
    {
        await using var broker = await BrokerAsync();
        await using var replica = await StartAsync(broker, HandlerFault.None, new());
        var stored = new ConcurrentQueue<long>();
        var worker = new PartitionWorker(new("shop.testing.v1", 0), replica.Services.GetRequiredService<MessagingDefinition>(), replica.Services.GetRequiredService<DeliveryProcessor>(),
            replica.Services.GetRequiredService<SkippedRecords>(), offset =>
            {
                stored.Enqueue(offset.Offset.Value);
                if (stored.Count == 1)
                    throw new InvalidOperationException("not foreseen");
            }, 10, TimeProvider.System, NullLogger.Instance);

        worker.Enqueue(new() { Topic = "shop.testing.v1", Partition = 0, Offset = 7, Message = new() { Key = [], Value = [] } });

        await Eventually.TrueAsync(() => worker.Waiting == 0, "done at the second attempt");
        Assert.Equal([8, 8], stored);
        await worker.StopAsync(TimeSpan.Zero);
    }

    private async Task<KafkaBroker> BrokerAsync()
    {
        var broker = await servers.BrokerAsync();
        if (broker.IsReal)
            await broker.CreateTopicAsync(RawRecords.Topic, 4);
        return broker;
    }

    private async Task<Replica> StartAsync(KafkaBroker broker, HandlerFault fault, LogRecorder log, params (string, string)[] settings) =>
        await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers,
            messaging => messaging.Publishes(RawRecords.Topic).Handles<Deposited, KeepEntries>(),
            services => services.AddSingleton(fault).AddLogging(log.AddTo), [("Messaging:Consumer:LongestRetry", "00:00:00.2"), .. settings]);

    private static MeterListener Listen<T>(string instrument, Action<T, Dictionary<string, object?>> measured) where T : struct
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (published, meter) =>
            {
                if (published.Name == instrument)
                    meter.EnableMeasurementEvents(published);
            },
        };
        listener.SetMeasurementEventCallback<T>((_, value, tags, _) => measured(value, new(tags.ToArray())));
        listener.Start();
        return listener;
    }

    private static async Task<HealthReportEntry> HealthAsync(Replica replica) =>
        (await replica.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "consumer")).Entries["consumer"];

    private static Task<int> CountAsync(Replica replica, string account) => replica.DoAsync(db => db.Entries.CountAsync(entry => entry.Account == account));
}
