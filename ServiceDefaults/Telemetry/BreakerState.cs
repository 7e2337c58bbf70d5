using Polly.CircuitBreaker;

namespace Shop.ServiceDefaults;

/// <summary>A breaker's state as a number that a gauge can show. Polly measures changes of the state, not the state.</summary>
public static class BreakerState
{
    public const string Meaning = "0 closed, 1 half open, 2 open.";

    /// <summary>Before the first call Polly says "closed".</summary>
    public static int ForGauge(this CircuitState state) => state switch
    {
        CircuitState.Closed => 0,
        CircuitState.HalfOpen => 1,
        _ => 2,
    };
}
