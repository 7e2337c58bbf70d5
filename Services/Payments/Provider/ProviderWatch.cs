using System.Diagnostics.Metrics;
using Microsoft.Extensions.Http.Resilience;
using Polly.CircuitBreaker;
using Shop.ServiceDefaults;

namespace Shop.Payments.Provider;

/// <summary>Shows, as a gauge, whether the breaker before the provider is open: orders wait meanwhile. Polly logs when it opens and closes.</summary>
internal sealed class ProviderWatch
{
    private readonly CircuitBreakerStateProvider _state = new();

    public ProviderWatch(IMeterFactory meters) =>
        meters.Create("Shop.Payments").CreateObservableGauge("shop.payments.provider.breaker.state", () => _state.CircuitState.ForGauge(), null, BreakerState.Meaning);

    public HttpCircuitBreakerStrategyOptions Watch(HttpCircuitBreakerStrategyOptions breaker)
    {
        breaker.StateProvider = _state;
        return breaker;
    }
}
