using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shop.Messaging.Tests.V1;
using Shop.Testing;

namespace Shop.Messaging.Tests.Broker;

public sealed class BrokerHealthTests(Servers servers)
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    private static Action<MessagingBuilder> Messaging => messaging => messaging.Publishes("shop.testing.v1").Handles<Deposited, KeepEntries>();

    [Fact]
    public async Task A_broker_that_is_unavailable_degrades_the_service_until_it_is_back()
    {
        await using var broker = MockKafka.Start();
        await using var replica = await StartAsync(broker);
        await BecomesAsync(replica, HealthStatus.Healthy);

        broker.GoAway();
        await BecomesAsync(replica, HealthStatus.Degraded);
        broker.ComeBack();
        await BecomesAsync(replica, HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_broker_that_creates_no_topics_by_itself_is_healthy_and_again_after_a_restart()
    {
        Assert.SkipWhen(KafkaBroker.WhyNoRealOne is not null, KafkaBroker.WhyNoRealOne ?? "");
        await using var broker = await RealKafka.StartAsync();
        await using var replica = await StartAsync(broker);
        await BecomesAsync(replica, HealthStatus.Healthy);

        await broker.KillAsync();
        await BecomesAsync(replica, HealthStatus.Degraded);
        await broker.StartAgainAsync();
        await BecomesAsync(replica, HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_service_that_has_never_seen_its_broker_is_ready()
    {
        await using var broker = MockKafka.Start();
        broker.GoAway();
        await using var replica = await StartAsync(broker);

        await BecomesAsync(replica, HealthStatus.Degraded);
        broker.ComeBack();
        await BecomesAsync(replica, HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_health_report_about_a_broker_that_is_unavailable_takes_less_than_a_second()
    {
        await using var broker = MockKafka.Start();
        await using var replica = await StartAsync(broker);
        broker.GoAway();
        await BecomesAsync(replica, HealthStatus.Degraded);

        Assert.InRange((await ReportAsync(replica)).TotalDuration, TimeSpan.Zero, TimeSpan.FromSeconds(0.9));
    }

    private async Task<Replica> StartAsync(KafkaBroker broker) => await Replica.StartAsync(await servers.Postgres.CreateDatabaseAsync(), broker.BootstrapServers, Messaging);

    /// <summary>The report is as bad as its worst entry: consumer and topics recover a moment after the producer.</summary>
    private static Task BecomesAsync(Replica replica, HealthStatus status) => Eventually.TrueAsync(async () =>
    {
        var report = await ReportAsync(replica);
        return report.Entries["Aspire.Confluent.Kafka.Producer"].Status == status && report.Status == status;
    }, $"the broker is {status}, and so is the service", Within);

    private static Task<HealthReport> ReportAsync(Replica replica) => replica.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
}
