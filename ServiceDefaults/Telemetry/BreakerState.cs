using Polly.CircuitBreaker;

namespace Shop.ServiceDefaults.Telemetry;

/// <summary>A circuit breaker's state as a number for a gauge. Polly's own metrics count transitions only.</summary>
public static class BreakerState
{
    /// <summary>The description of the gauge.</summary>
    public const string Meaning = "0 closed, 1 half open, 2 open.";

    /// <summary>See <see cref="Meaning"/>. Before the first call Polly reports "closed".</summary>
    public static int ForGauge(this CircuitState state) => state switch
    {
        CircuitState.Closed => 0,
        CircuitState.HalfOpen => 1,
        _ => 2,
    };
}
