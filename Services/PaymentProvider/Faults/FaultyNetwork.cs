using Shop.ServiceDefaults;

namespace Shop.PaymentProvider.Faults;

/// <summary>Puts the current faults between a caller and the charges.</summary>
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

        // When the answer is about to leave, the effect is committed: that is the moment to be late.
        if (settings.LatencyMs > 0)
            context.Response.OnStarting(() => Late(settings.LatencyMs, context.RequestAborted));

        return Random.Shared.NextDouble() < settings.ErrorRate
            ? throw new UnavailableException("The provider has trouble.", reason: "provider_trouble")
            : next(context);
    }

    private async Task Late(int milliseconds, CancellationToken gone) =>
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), clock, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
