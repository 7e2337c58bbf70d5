using System.Collections.Concurrent;
using System.Diagnostics;
using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Shop.Kit.Tests;

public sealed class KafkaClientTests
{
    private static readonly CancellationToken s_ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_takes_its_trace_along()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = Listen(spans);
        using var broker = MockBroker.Start();
        using var host = broker.Host(("Aspire:Confluent:Kafka:Consumer:Config:GroupId", "g"), ("Aspire:Confluent:Kafka:Consumer:Config:AutoOffsetReset", "Earliest"));
        var producer = host.Services.GetRequiredService<IProducer<string, string>>();
        var consumer = host.Services.GetRequiredService<IConsumer<string, string>>();

        var sent = await producer.ProduceAsync("t1", new Message<string, string> { Key = "k", Value = "v" }, s_ct);
        consumer.Subscribe("t1"); // only now: the broker makes the topic with the first message
        var received = consumer.Consume(TimeSpan.FromSeconds(20));
        consumer.Close();

        var publish = Assert.Single(spans, s => s.Kind == ActivityKind.Producer && (string?)s.GetTagItem("messaging.destination.name") == "t1");
        var receive = Assert.Single(spans, s => s.Kind == ActivityKind.Consumer && (string?)s.GetTagItem("messaging.destination.name") == "t1");
        Assert.Equal(("t1 publish", "t1 receive"), (publish.DisplayName, receive.DisplayName));
        Assert.Equal(publish.SpanId, Assert.Single(receive.Links).Context.SpanId);
        Assert.Equal("k", receive.GetTagItem("messaging.kafka.message.key"));
        Assert.Equal("g", receive.GetTagItem("messaging.kafka.consumer.group"));
        Assert.Equal(sent.Offset.Value, receive.GetTagItem("messaging.kafka.message.offset"));
        Assert.True(received.Message.Headers.TryGetLastBytes("traceparent", out _));
    }

    [Fact]
    public async Task Health_follows_the_broker()
    {
        HealthReport healthy, ill;
        using (var broker = MockBroker.Start())
        using (var host = broker.Host())
        {
            healthy = await CheckAsync(host);
        }

        using (var host = Host(("ConnectionStrings:kafka", "127.0.0.1:1")))
        {
            ill = await CheckAsync(host);
        }

        Assert.Equal(HealthStatus.Healthy, healthy.Entries["Aspire.Confluent.Kafka.Producer"].Status);
        Assert.Equal(HealthStatus.Unhealthy, ill.Entries["Aspire.Confluent.Kafka.Producer"].Status);

        static Task<HealthReport> CheckAsync(IHost host) =>
            host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(r => r.Name.EndsWith("Producer", StringComparison.Ordinal), s_ct);
    }

    [Fact]
    public void A_client_without_connection_string_or_group_says_so()
    {
        using var nowhere = Host();
        using var groupless = Host(("ConnectionStrings:kafka", "127.0.0.1:1"));

        Assert.Equal("No bootstrap servers configured.", Assert.Throws<InvalidOperationException>(() => nowhere.Services.GetRequiredService<IProducer<string, string>>()).Message);
        Assert.Equal("No group id configured.", Assert.Throws<InvalidOperationException>(() => groupless.Services.GetRequiredService<IConsumer<string, string>>()).Message);
    }

    [Fact]
    public void Settings_come_from_code_over_connection_string_over_named_section_over_section()
    {
        var builder = Builder(
            ("Aspire:Confluent:Kafka:Producer:Config:LingerMs", "11"),
            ("Aspire:Confluent:Kafka:Producer:Config:BatchSize", "1000"),
            ("Aspire:Confluent:Kafka:Producer:kafka:Config:BatchSize", "2000"),
            ("Aspire:Confluent:Kafka:Producer:ConnectionString", "section:1"),
            ("ConnectionStrings:kafka", "string:1"));
        ProducerConfig? seen = null;
        builder.AddKafkaProducer<string, string>("kafka", settings =>
        {
            Assert.Equal("string:1", settings.ConnectionString);
            settings.Config.ClientId = "me";
            seen = settings.Config;
        });

        Assert.Equal((11d, 2000, "me", "string:1"), (seen!.LingerMs, seen.BatchSize, seen.ClientId, seen.BootstrapServers));
    }

    [Fact]
    public void Keyed_clients_are_apart_from_each_other()
    {
        var builder = Builder(("ConnectionStrings:a", "127.0.0.1:1"), ("ConnectionStrings:b", "127.0.0.1:2"));
        builder.AddKeyedKafkaProducer<string, string>("a", s => s.Config.ClientId = "client-a");
        builder.AddKeyedKafkaProducer<string, string>("b", s => s.Config.ClientId = "client-b");
        using var host = builder.Build();

        Assert.StartsWith("client-a", host.Services.GetRequiredKeyedService<IProducer<string, string>>("a").Name, StringComparison.Ordinal);
        Assert.StartsWith("client-b", host.Services.GetRequiredKeyedService<IProducer<string, string>>("b").Name, StringComparison.Ordinal);
        Assert.Null(host.Services.GetService<IProducer<string, string>>());
    }

    private static ActivityListener Listen(ConcurrentQueue<Activity> spans)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "OpenTelemetry.Instrumentation.ConfluentKafka",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static HostApplicationBuilder Builder(params (string Key, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        return builder;
    }

    private static IHost Host(params (string Key, string Value)[] settings)
    {
        var builder = Builder(settings);
        builder.AddKafkaProducer<string, string>("kafka");
        builder.AddKafkaConsumer<string, string>("kafka");
        var host = builder.Build();

        // Builds the tracing, which is what switches the clients' spans on.
        _ = host.Services.GetService<OpenTelemetry.Trace.TracerProvider>();
        return host;
    }

    /// <summary>The broker that librdkafka brings for tests: it lives as long as the client that asked for it.</summary>
    private sealed class MockBroker(IProducer<Null, Null> owner, string address) : IDisposable
    {
        public static MockBroker Start()
        {
            var config = new ProducerConfig();
            config.Set("test.mock.num.brokers", "1");
            var owner = new ProducerBuilder<Null, Null>(config).SetLogHandler((_, _) => { }).Build();
            using var admin = new DependentAdminClientBuilder(owner.Handle).Build();
            var broker = admin.GetMetadata(TimeSpan.FromSeconds(10)).Brokers[0];
            return new MockBroker(owner, $"{broker.Host}:{broker.Port}");
        }

        public IHost Host(params (string Key, string Value)[] settings) => KafkaClientTests.Host([.. settings, ("ConnectionStrings:kafka", address)]);

        public void Dispose() => owner.Dispose();
    }
}
