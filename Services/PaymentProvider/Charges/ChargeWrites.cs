using Shop.PaymentProvider.Database;
using Shop.PaymentProvider.Idempotency;
using Shop.PaymentProvider.Tokens;
using Shop.PaymentProvider.Webhooks;

namespace Shop.PaymentProvider.Charges;

/// <summary>What capture, void and refund have in common: once per key, one at a time per charge, and a webhook when something changed.</summary>
public sealed class ChargeWrites(ProviderDb db, IdempotentWrites writes, FlakyLine line, WebhookBox webhooks)
{
    public Task<Answer> ChangeAsync(
        string id, string? idempotencyKey, string request, string eventType, Func<Charge, Refusal?> change, CancellationToken cancel) =>
        writes.OnceAsync(idempotencyKey, request, async (_, cancel) =>
        {
            var charge = await db.LockAsync(id, cancel);
            line.Take(charge.Token);
            var refusal = change(charge);
            if (refusal is null)
                webhooks.Put(eventType, ChargeView.Of(charge));
            return charge.ToAnswer(refusal);
        }, cancel);
}
