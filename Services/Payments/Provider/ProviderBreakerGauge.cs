using System.Diagnostics.Metrics;
using Microsoft.Extensions.Http.Resilience;
using Polly.CircuitBreaker;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Telemetry;

namespace Shop.Payments.Provider;

/// <summary>The state of the provider's circuit breaker as a gauge. Orders wait while it is open. Polly logs its changes.</summary>
internal sealed class ProviderBreakerGauge
{
    private readonly CircuitBreakerStateProvider _state = new();

    public ProviderBreakerGauge(IMeterFactory meters) =>
        meters.Create("Shop.Payments").CreateObservableGauge("shop.payments.provider.breaker.state", () => _state.CircuitState.ForGauge(), null, BreakerState.Meaning);

    public HttpCircuitBreakerStrategyOptions Observe(HttpCircuitBreakerStrategyOptions breaker)
    {
        breaker.StateProvider = _state;
        return breaker;
    }
}
