using Microsoft.Extensions.DependencyInjection;
using Shop.Messaging.Tests.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Broker;

/// <summary>With <c>Debug=conf</c> librdkafka logs the effective settings of a client.</summary>
public sealed class ClientSettingsTests(Servers servers)
{
    private const string Producer = "Aspire:Confluent:Kafka:Producer", Consumer = "Aspire:Confluent:Kafka:Consumer";

    private static Action<MessagingBuilder> Messaging => messaging => messaging.Publishes("shop.testing.v1").Handles<Deposited, KeepEntries>();

    [Fact]
    public async Task The_sections_of_the_integration_reach_the_clients_and_the_named_one_wins()
    {
        var log = await LogOfAsync(
            ($"{Producer}:Config:LingerMs", "7"),
            ($"{Producer}:Config:RetryBackoffMs", "111"), ($"{Producer}:kafka:Config:RetryBackoffMs", "222"),
            ($"{Consumer}:Config:FetchWaitMaxMs", "333"));

        await ContainsAsync(log, "queue.buffering.max.ms = 7");   // linger.ms by its old name
        await ContainsAsync(log, "retry.backoff.ms = 222");
        await ContainsAsync(log, "fetch.wait.max.ms = 333");
        // Neither of the two producers has the default.
        Assert.DoesNotContain("queue.buffering.max.ms = 1 ", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("retry.backoff.ms = 111", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_outbox_and_inbox_stand_on_cannot_be_configured_away()
    {
        var log = await LogOfAsync(
            ($"{Producer}:Config:EnableGaplessGuarantee", "false"), ($"{Producer}:Config:MessageTimeoutMs", "1234"), ($"{Producer}:Config:EnableIdempotence", "false"),
            ($"{Consumer}:Config:EnableAutoOffsetStore", "true"), ($"{Consumer}:Config:GroupId", "others"));

        await ContainsAsync(log, "enable.idempotence = true");
        await ContainsAsync(log, "message.timeout.ms = 0");
        await ContainsAsync(log, "enable.auto.offset.store = false");
        Assert.DoesNotContain("group.id = others", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_client_makes_statistics_that_nobody_reads()
    {
        var log = await LogOfAsync();

        Assert.DoesNotContain("statistics.interval.ms = 1000", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_connection_string_a_service_does_not_start_and_says_why()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Replica.Build("", kafka: null, Messaging));

        Assert.Equal("The connection string 'kafka' is missing: set ConnectionStrings__kafka to the brokers' host:port list.", failure.Message);
    }

    private async Task<LogRecorder> LogOfAsync(params (string, string)[] settings)
    {
        var log = new LogRecorder { IsListening = true };
        await using var broker = await servers.BrokerAsync();
        await using var replica = await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers, Messaging,
            services => services.AddLogging(log.AddTo),
            [.. settings, ($"{Producer}:Config:Debug", "conf"), ($"{Consumer}:Config:Debug", "conf")]);
        await replica.DoAsync(db =>
        {
            db.Publish(new Deposited { Account = "a", Sequence = 1 });
            return db.SaveChangesAsync();
        });
        // The relay creates its producer when there is something to publish; the consumer exists by then, or soon.
        await ContainsAsync(log, "enable.gapless.guarantee = true");
        await ContainsAsync(log, "group.id = testing");
        return log;
    }

    private static Task ContainsAsync(LogRecorder log, string setting) => Eventually.TrueAsync(() => log.Text.Contains(setting, StringComparison.Ordinal), setting);
}
