using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.PaymentProvider.Database;
using Shop.PaymentProvider.Idempotency;
using Shop.PaymentProvider.Movements;
using Shop.PaymentProvider.Tokens;
using Shop.PaymentProvider.Webhooks;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Validation;

namespace Shop.PaymentProvider.Charges;

/// <param name="Amount">Minor units of the currency.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Token">The means of payment: <see cref="PaymentToken"/>.</param>
internal sealed record CreateChargeBody(long? Amount, string? Currency, string? Token);

/// <summary>Authorises an amount on a card.</summary>
internal sealed class CreateCharge(ProviderDb db, IdempotentWrites writes, FlakyCardNetwork network, WebhookOutbox webhooks, TimeProvider clock)
{
    // Far more than any order, and sums of it cannot overflow.
    private const long MaxAmount = 10_000_000_000_000_000;

    public async Task<Answer> HandleAsync(CreateChargeBody body, string? idempotencyKey, CancellationToken cancel)
    {
        var check = new Check();
        check.That(body.Amount is >= 1 and <= MaxAmount, "amount", $"must be from 1 to {MaxAmount}");
        check.That(body.Currency is { Length: 3 } && body.Currency.All(char.IsAsciiLetterUpper), "currency", "must be three capital letters (ISO 4217)");
        var token = check.Line("token", body.Token, 1, 255);
        check.ThrowIfAny();

        try
        {
            return await OnceAsync(body, token, idempotencyKey, cancel);
        }
        catch (DbUpdateException failure) when (failure.InnerException is PostgresException { ConstraintName: ChargeTable.KeyIndex })
        {
            // The stored answer has been purged; the charge of this key still exists.
            return await EarlierAsync(idempotencyKey, body, token, cancel) ?? throw IdempotentWrites.Reused();
        }
    }

    private Task<Answer> OnceAsync(CreateChargeBody body, string token, string? idempotencyKey, CancellationToken cancel) =>
        writes.OnceAsync(idempotencyKey, $"POST /v1/charges {body.Amount} {body.Currency} {token}", (key, _) =>
        {
            network.ThrowIfDue(token);
            var charge = Charge.Create(key, token, body.Amount!.Value, body.Currency!, clock.GetUtcNow());
            db.Charges.Add(charge);
            if (charge.Decline is null)
                db.Movements.Add(Movement.Of(charge, "authorise", charge.Authorised, charge.CreatedAt));
            webhooks.Add(charge.Decline is null ? "charge.authorized" : "charge.declined", ChargeView.Of(charge));
            return Task.FromResult(charge.ToAnswer(charge.Decline, StatusCodes.Status201Created));
        }, cancel);

    /// <summary>The charge's current state, or null if the key was used for another request.</summary>
    private async Task<Answer?> EarlierAsync(string? idempotencyKey, CreateChargeBody body, string token, CancellationToken cancel)
    {
        var earlier = await db.Charges.AsNoTracking().SingleAsync(charge => charge.IdempotencyKey == idempotencyKey, cancel);
        return (earlier.Amount, earlier.Currency, earlier.Token) == (body.Amount, body.Currency, token)
            ? earlier.ToAnswer(earlier.Decline, StatusCodes.Status201Created) with { IsFirst = false }
            : null;
    }
}
