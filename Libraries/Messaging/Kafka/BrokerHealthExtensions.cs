using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Shop.Messaging.Kafka;

internal static class BrokerHealthExtensions
{
    /// <summary>The integration's check sends a message to this topic. Created by Messaging, because the broker may not create topics automatically.</summary>
    public const string Topic = "healthchecks-topic";

    private const string Checks = "Aspire.Confluent.Kafka.";

    // Without it the check waits 1 to 2 s for an unavailable broker, which is the limit of all checks together.
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(500);

    /// <summary>An unavailable broker makes the service degraded, not unready: it still serves requests, and the outbox keeps its events.</summary>
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
