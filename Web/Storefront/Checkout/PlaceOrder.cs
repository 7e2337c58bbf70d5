using Shop.Design.Gateway;
using Shop.Design.Sessions;

namespace Shop.Storefront.Checkout;

/// <summary>Places the order of a form.</summary>
internal sealed class PlaceOrder(GatewayClient gateway, TimeProvider clock)
{
    // The second click of a double click finds the first one's request running, and waits for its answer.
    private const int Tries = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <returns>The order's id; with the same form the same order.</returns>
    public async Task<string> HandleAsync(CheckoutForm form, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (await gateway.SendAsync<PlacedOrder>(HttpMethod.Post, "/api/v1/orders", form.ToOrder(), cancel, form.Key)).OrderId;
            }
            catch (ApiException failure) when (failure.Reason == "idempotency_key_in_use" && attempt < Tries)
            {
                await Task.Delay(Pause, clock, cancel);
            }
        }
    }

    private sealed record PlacedOrder(string OrderId);
}
