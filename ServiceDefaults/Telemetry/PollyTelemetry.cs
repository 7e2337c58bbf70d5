using Microsoft.Extensions.DependencyInjection;
using Polly.Telemetry;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>
/// Polly logs and counts its own events. All that a breaker does is a warning, its closing too: whoever sees it open in the log wants to see it close.
/// Everything else keeps its level, and below a warning it is not logged (<see cref="LogDefaults"/>): there is an event for every attempt.
/// </summary>
internal static class PollyTelemetry
{
    public const string MeterName = "Polly";

    public static void AddPollyTelemetry(this IServiceCollection services) => services.Configure<TelemetryOptions>(telemetry =>
        telemetry.SeverityProvider = happened => happened.Event.EventName is "OnCircuitOpened" or "OnCircuitHalfOpened" or "OnCircuitClosed"
            ? ResilienceEventSeverity.Warning
            : happened.Event.Severity);
}
