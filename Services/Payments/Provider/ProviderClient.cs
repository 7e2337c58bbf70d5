using Microsoft.Extensions.Options;
using Shop.ServiceDefaults;

namespace Shop.Payments.Provider;

/// <summary>
/// The provider, as the shop wants to see it. Every command is done once per order, however often it is asked; an answer that gets lost is looked up before anybody
/// is told that the outcome is unknown. Throws <see cref="UnavailableException"/> when nothing was sent and <see cref="OutcomeUnknownException"/> when nobody knows.
/// </summary>
internal sealed class ProviderClient(ProviderHttpClient http, IOptions<ProviderOptions> options, TimeProvider clock)
{
    // Always a body: HttpClient silently repeats a request without one when a kept-alive connection breaks, and repeating is for us to decide.
    private static readonly object Nothing = new { };

    public Task<ProviderAnswer> AuthoriseAsync(Guid orderId, long amount, string currency, string paymentToken, CancellationToken cancel) =>
        CommandAsync(orderId, "/v1/charges", ProviderKeys.Authorise(orderId), new { amount, currency, token = paymentToken }, _ => true, cancel);

    public Task<ProviderAnswer> CaptureAsync(Guid orderId, string chargeId, CancellationToken cancel) =>
        CommandAsync(orderId, $"/v1/charges/{chargeId}/capture", ProviderKeys.Capture(orderId), Nothing, NoLongerHeld, cancel);

    public Task<ProviderAnswer> VoidAsync(Guid orderId, string chargeId, CancellationToken cancel) =>
        CommandAsync(orderId, $"/v1/charges/{chargeId}/void", ProviderKeys.Void(orderId), Nothing, NoLongerHeld, cancel);

    public Task<ProviderAnswer> RefundAsync(Guid orderId, string chargeId, long amount, CancellationToken cancel) =>
        CommandAsync(
            orderId, $"/v1/charges/{chargeId}/refunds", ProviderKeys.Refund(orderId), new { amount }, charge => charge.State == ChargeState.Refunded, cancel);

    /// <summary>The order's charge, or null: the provider has never heard of the order.</summary>
    public async Task<Charge?> FindAsync(Guid orderId, CancellationToken cancel)
    {
        var found = await http.GetAsync($"/v1/charges?idempotencyKey={Uri.EscapeDataString(ProviderKeys.Authorise(orderId))}", cancel);
        return found.Items.SingleOrDefault()?.ToCharge();
    }

    private async Task<ProviderAnswer> CommandAsync(
        Guid orderId, string path, string idempotencyKey, object body, Func<Charge, bool> isDone, CancellationToken cancel)
    {
        try
        {
            return await http.PostAsync(path, idempotencyKey, body, cancel);
        }
        catch (OutcomeUnknownException) when (!cancel.IsCancellationRequested)
        {
            if (await LookUpAsync(orderId, cancel) is { } charge && isDone(charge))
                return new ProviderAnswer(charge, charge.Declined);
            throw;
        }
    }

    /// <summary>Null when it is not there, or when that cannot be learnt either.</summary>
    private async Task<Charge?> LookUpAsync(Guid orderId, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(options.Value.LookUpTimeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return await FindAsync(orderId, both.Token);
        }
        catch (Exception failure) when (failure is OutcomeUnknownException or UnavailableException || limit.IsCancellationRequested)
        {
            return null;   // the lost answer itself is what the caller hears of
        }
    }

    private static bool NoLongerHeld(Charge charge) => charge.State != ChargeState.Authorised;
}
