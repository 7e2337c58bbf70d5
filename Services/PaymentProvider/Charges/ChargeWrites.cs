using Shop.PaymentProvider.Database;
using Shop.PaymentProvider.Idempotency;
using Shop.PaymentProvider.Tokens;
using Shop.PaymentProvider.Webhooks;

namespace Shop.PaymentProvider.Charges;

/// <summary>The common part of capture, void and refund: idempotency by key, a lock per charge, and a webhook for each change.</summary>
internal sealed class ChargeWrites(ProviderDb db, IdempotentWrites writes, FlakyCardNetwork network, WebhookOutbox webhooks)
{
    public Task<Answer> ChangeAsync(
        string id, string? idempotencyKey, string request, string eventType, Func<Charge, Refusal?> change, CancellationToken cancel) =>
        writes.OnceAsync(idempotencyKey, request, async (_, cancel) =>
        {
            var charge = await db.LockAsync(id, cancel);
            network.ThrowIfDue(charge.Token);
            var refusal = change(charge);
            if (refusal is null)
                webhooks.Add(eventType, ChargeView.Of(charge));
            return charge.ToAnswer(refusal);
        }, cancel);
}
