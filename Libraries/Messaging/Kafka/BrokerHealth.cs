using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Shop.Messaging.Kafka;

internal static class BrokerHealth
{
    /// <summary>The integration's check sends a message to this topic; where the broker creates no topic by itself, somebody has to.</summary>
    public const string Topic = "healthchecks-topic";

    private const string Checks = "Aspire.Confluent.Kafka.";

    // The check waits a second or two for a broker that is away, which is as long as all checks together may take.
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(500);

    /// <summary>A service whose broker is away goes on taking orders; the outbox keeps its events. So it is degraded, and ready.</summary>
    public static void AddBrokerHealth(this IServiceCollection services) =>
        services.PostConfigure<HealthCheckServiceOptions>(options =>
        {
            foreach (var check in options.Registrations.Where(check => check.Name.StartsWith(Checks, StringComparison.Ordinal)))
            {
                check.FailureStatus = HealthStatus.Degraded;
                check.Timeout = Timeout;
            }
        });
}
