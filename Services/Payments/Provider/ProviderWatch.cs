using System.Diagnostics.Metrics;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.CircuitBreaker;

namespace Shop.Payments.Provider;

/// <summary>Tells, in log and metrics, when the breaker before the provider opens and closes: from then on orders wait, or go on.</summary>
internal sealed partial class ProviderWatch
{
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ILogger<ProviderWatch> _log;

    public ProviderWatch(IMeterFactory meters, ILogger<ProviderWatch> log)
    {
        _log = log;
        meters.Create("Shop.Payments").CreateObservableGauge("shop.payments.provider.breaker.state", State, null, "0 closed, 1 half open, 2 open.");
    }

    public HttpCircuitBreakerStrategyOptions Watch(HttpCircuitBreakerStrategyOptions breaker)
    {
        breaker.StateProvider = _state;
        breaker.OnOpened = opened => Report(() => LogOpened(opened.BreakDuration));
        breaker.OnHalfOpened = _ => Report(LogHalfOpened);
        breaker.OnClosed = _ => Report(LogClosed);
        return breaker;
    }

    // Before the first call there is no state.
    private int State() => _state.CircuitState switch
    {
        CircuitState.HalfOpen => 1,
        CircuitState.Open or CircuitState.Isolated => 2,
        _ => 0,
    };

    private static ValueTask Report(Action log)
    {
        log();
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(1, LogLevel.Warning, "The breaker of the payment provider is open for {Pause}: payments wait")]
    private partial void LogOpened(TimeSpan pause);

    [LoggerMessage(2, LogLevel.Information, "The breaker of the payment provider is half open: one call will tell")]
    private partial void LogHalfOpened();

    [LoggerMessage(3, LogLevel.Information, "The breaker of the payment provider is closed again: payments go on")]
    private partial void LogClosed();
}
