using System.Collections.Concurrent;
using System.Diagnostics;
using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Trace;
using Shop.Testing;

namespace Shop.Messaging.Tests.Broker;

/// <summary>The behaviour of Aspire.Confluent.Kafka, the official package or the stand-in: the two must not differ in what services use.</summary>
public sealed class KafkaIntegrationTests
{
    [Fact]
    public async Task A_message_takes_its_trace_along()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "OpenTelemetry.Instrumentation.ConfluentKafka",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var broker = MockKafka.Start();
        await broker.CreateTopicAsync("topic", 1);
        var builder = Builder(("ConnectionStrings:kafka", broker.BootstrapServers),
            ("Aspire:Confluent:Kafka:Consumer:Config:GroupId", "group"), ("Aspire:Confluent:Kafka:Consumer:Config:AutoOffsetReset", "Earliest"));
        builder.AddKafkaProducer<string, string>("kafka");
        builder.AddKafkaConsumer<string, string>("kafka");
        using var host = builder.Build();
        // Enables the clients' spans, as the start of a host does.
        _ = host.Services.GetRequiredService<TracerProvider>();
        var consumer = host.Services.GetRequiredService<IConsumer<string, string>>();

        var sent = await host.Services.GetRequiredService<IProducer<string, string>>().ProduceAsync("topic", new() { Key = "key", Value = "value" });
        consumer.Subscribe("topic");
        var received = consumer.Consume(TimeSpan.FromSeconds(20));
        consumer.Close();

        var publish = Assert.Single(spans, span => span.Kind == ActivityKind.Producer);
        var receive = Assert.Single(spans, span => span.Kind == ActivityKind.Consumer);
        Assert.Equal(("topic publish", "topic receive"), (publish.DisplayName, receive.DisplayName));
        Assert.Equal(publish.SpanId, Assert.Single(receive.Links).Context.SpanId);
        Assert.Equal(("key", "group", sent.Offset.Value),
            (receive.GetTagItem("messaging.kafka.message.key"), receive.GetTagItem("messaging.kafka.consumer.group"), receive.GetTagItem("messaging.kafka.message.offset")));
        Assert.True(received.Message.Headers.TryGetLastBytes("traceparent", out _));
    }

    [Fact]
    public async Task A_broker_that_is_not_there_is_unhealthy_by_default()
    {
        var builder = Builder(("ConnectionStrings:kafka", "127.0.0.1:1"));
        builder.AddKafkaProducer<string, string>("kafka", settings => settings.Config.Set("log_level", "0"));
        using var host = builder.Build();

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Unhealthy, report.Entries["Aspire.Confluent.Kafka.Producer"].Status);
    }

    [Fact]
    public void A_client_without_servers_or_group_says_so()
    {
        var builder = Builder();
        builder.AddKafkaProducer<string, string>("nowhere");
        builder.AddKafkaConsumer<string, string>("nowhere", settings => settings.ConnectionString = "127.0.0.1:1");
        using var host = builder.Build();

        Assert.Equal("No bootstrap servers configured.", Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<IProducer<string, string>>()).Message);
        Assert.Equal("No group id configured.", Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<IConsumer<string, string>>()).Message);
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
        ProducerConfig? config = null;

        builder.AddKafkaProducer<string, string>("kafka", settings =>
        {
            Assert.Equal("string:1", settings.ConnectionString);
            settings.Config.ClientId = "me";
            config = settings.Config;
        });

        Assert.Equal((11d, 2000, "me", "string:1"), (config!.LingerMs, config.BatchSize, config.ClientId, config.BootstrapServers));
    }

    [Fact]
    public void Keyed_clients_are_apart_from_each_other()
    {
        var builder = Builder(("ConnectionStrings:a", "127.0.0.1:1"), ("ConnectionStrings:b", "127.0.0.1:2"));
        foreach (var name in (string[])["a", "b"])
        {
            builder.AddKeyedKafkaProducer<string, string>(name, settings =>
            {
                settings.Config.ClientId = $"client-{name}";
                settings.Config.Set("log_level", "0");
            });
        }
        using var host = builder.Build();

        Assert.StartsWith("client-a", host.Services.GetRequiredKeyedService<IProducer<string, string>>("a").Name, StringComparison.Ordinal);
        Assert.StartsWith("client-b", host.Services.GetRequiredKeyedService<IProducer<string, string>>("b").Name, StringComparison.Ordinal);
        Assert.Null(host.Services.GetService<IProducer<string, string>>());
    }

    private static HostApplicationBuilder Builder(params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value));
        return builder;
    }
}
