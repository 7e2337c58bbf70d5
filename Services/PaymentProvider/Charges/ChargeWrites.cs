using Shop.PaymentProvider.Database;
using Shop.PaymentProvider.Idempotency;
using Shop.PaymentProvider.Movements;
using Shop.PaymentProvider.Tokens;
using Shop.PaymentProvider.Webhooks;

namespace Shop.PaymentProvider.Charges;

/// <summary>The common part of capture, void and refund: idempotency by key, a lock per charge, a movement and a webhook for each change.</summary>
internal sealed class ChargeWrites(ProviderDb db, IdempotentWrites writes, FlakyCardNetwork network, WebhookOutbox webhooks, TimeProvider clock)
{
    /// <param name="kind">Of the movement.</param>
    /// <param name="amount">Minor units. Null: the authorised amount.</param>
    public Task<Answer> ChangeAsync(
        string id, string? idempotencyKey, string request, string eventType, string kind, long? amount, Func<Charge, Refusal?> change, CancellationToken cancel) =>
        writes.OnceAsync(idempotencyKey, request, async (_, cancel) =>
        {
            var charge = await db.LockAsync(id, cancel);
            network.ThrowIfDue(charge.Token);
            var refusal = change(charge);
            if (refusal is null)
            {
                db.Movements.Add(Movement.Of(charge, kind, amount ?? charge.Authorised, clock.GetUtcNow()));
                webhooks.Add(eventType, ChargeView.Of(charge));
            }

            return charge.ToAnswer(refusal);
        }, cancel);
}
