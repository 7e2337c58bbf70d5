using System.Diagnostics.Metrics;

namespace Shop.Persistence.Telemetry;

internal static class PersistenceTelemetry
{
    public static readonly Meter Meter = new("Shop.Persistence");
}
