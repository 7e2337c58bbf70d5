using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.PaymentProvider.Faults;

/// <summary>Injects the current faults into calls of the charges API.</summary>
internal sealed class FaultyNetwork(RequestDelegate next, CurrentFaults faults, TimeProvider clock)
{
    public Task InvokeAsync(HttpContext context)
    {
        var settings = faults.Settings;
        if (settings.Outage)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        // When the response starts, the effect is committed: only the answer is delayed.
        if (settings.LatencyMs > 0)
            context.Response.OnStarting(() => DelayAsync(settings.LatencyMs, context.RequestAborted));

        return Random.Shared.NextDouble() < settings.ErrorRate
            ? throw new UnavailableException("The provider failed (injected fault).", reason: "provider_trouble")
            : next(context);
    }

    private async Task DelayAsync(int milliseconds, CancellationToken cancel) =>
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
