using Microsoft.Extensions.DependencyInjection;
using Polly.Telemetry;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>
/// Polly logs and counts its own events. Every transition of a circuit breaker is logged as a warning, closing included, so that the log shows when an outage ended.
/// Other events keep their level; those below a warning are not logged (<see cref="LogDefaults"/>), because there is one for every attempt.
/// </summary>
internal static class PollyTelemetryExtensions
{
    public const string MeterName = "Polly";

    public static void AddPollyTelemetry(this IServiceCollection services) => services.Configure<TelemetryOptions>(telemetry =>
        telemetry.SeverityProvider = happened => happened.Event.EventName is "OnCircuitOpened" or "OnCircuitHalfOpened" or "OnCircuitClosed"
            ? ResilienceEventSeverity.Warning
            : happened.Event.Severity);
}
