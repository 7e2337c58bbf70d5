using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Payments.Provider;

/// <summary>
/// The provider's API in the shop's terms. Every command is idempotent per order. When an answer is lost, the charge is queried before the outcome is reported as unknown.
/// </summary>
/// <exception cref="UnavailableException">Nothing was sent.</exception>
/// <exception cref="OutcomeUnknownException">The command may have been executed.</exception>
internal sealed class ProviderClient(ProviderHttpClient http, IOptions<ProviderOptions> options, TimeProvider clock)
{
    // Always a body: HttpClient silently repeats a request without one when a kept-alive connection breaks, but a retry of a command is decided here.
    private static readonly object EmptyBody = new { };

    public Task<ProviderAnswer> AuthoriseAsync(Guid orderId, long amount, string currency, string paymentToken, CancellationToken cancel) =>
        CommandAsync(orderId, "/v1/charges", ProviderKeys.Authorise(orderId), new { amount, currency, token = paymentToken }, _ => true, cancel);

    public Task<ProviderAnswer> CaptureAsync(Guid orderId, string chargeId, CancellationToken cancel) =>
        CommandAsync(orderId, $"/v1/charges/{chargeId}/capture", ProviderKeys.Capture(orderId), EmptyBody, IsNotHeld, cancel);

    public Task<ProviderAnswer> VoidAsync(Guid orderId, string chargeId, CancellationToken cancel) =>
        CommandAsync(orderId, $"/v1/charges/{chargeId}/void", ProviderKeys.Void(orderId), EmptyBody, IsNotHeld, cancel);

    /// <summary>Refunds what is left of the captured amount.</summary>
    public Task<ProviderAnswer> RefundAsync(Guid orderId, Charge charge, CancellationToken cancel) => CommandAsync(
        orderId, $"/v1/charges/{charge.Id}/refunds", ProviderKeys.Refund(orderId, charge.Refunded), new { amount = charge.Returnable },
        current => current.State == ChargeState.Refunded, cancel);

    /// <summary>The order's charge, or null if the provider has none.</summary>
    public async Task<Charge?> FindAsync(Guid orderId, CancellationToken cancel)
    {
        var found = await http.GetAsync<ProviderCharges>($"/v1/charges?idempotencyKey={Uri.EscapeDataString(ProviderKeys.Authorise(orderId))}", cancel);
        return found.Items.SingleOrDefault()?.ToCharge();
    }

    /// <summary>The charges of these orders. There is no entry of an order without one, or with one in a status that this shop does not know: it must not stop the others.</summary>
    public async Task<IReadOnlyDictionary<Guid, Charge>> FindAllAsync(IReadOnlyCollection<Guid> orderIds, int concurrency, CancellationToken cancel)
    {
        var found = new ConcurrentDictionary<Guid, Charge>();
        await Parallel.ForEachAsync(orderIds, new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancel }, async (orderId, cancel) =>
        {
            try
            {
                if (await FindAsync(orderId, cancel) is { } charge)
                    found[orderId] = charge;
            }
            catch (UnknownStatusException)
            {
                // The comparison reports the order, and does not repair it.
            }
        });
        return found;
    }

    /// <summary>The provider's movements in order, from the one after <paramref name="after"/>. Fewer than <paramref name="pageSize"/>: there are no more now.</summary>
    public async Task<IReadOnlyList<Movement>> MovementsAsync(long after, int pageSize, CancellationToken cancel)
    {
        var page = await http.GetAsync<ProviderMovements>($"/v1/movements?after={after}&pageSize={pageSize}", cancel);
        return [.. page.Items.Select(item => item.ToMovement())];
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

    /// <summary>Null when there is no charge, or when the query fails, too.</summary>
    private async Task<Charge?> LookUpAsync(Guid orderId, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(options.Value.LookUpTimeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancel);
        try
        {
            return await FindAsync(orderId, both.Token);
        }
        catch (Exception failure) when (failure is OutcomeUnknownException or UnavailableException || timeout.IsCancellationRequested)
        {
            return null;   // the caller gets the exception of the command itself
        }
    }

    private static bool IsNotHeld(Charge charge) => charge.State != ChargeState.Authorised;
}
