using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.PaymentProvider.Database;
using Shop.PaymentProvider.Idempotency;
using Shop.PaymentProvider.Tokens;
using Shop.PaymentProvider.Webhooks;
using Shop.ServiceDefaults;

namespace Shop.PaymentProvider.Charges;

/// <param name="Amount">Minor units of the currency.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Token">The means of payment: <see cref="PaymentToken"/>.</param>
public sealed record CreateChargeBody(long? Amount, string? Currency, string? Token);

/// <summary>Holds an amount on a card.</summary>
public sealed class CreateCharge(ProviderDb db, IdempotentWrites writes, FlakyLine line, WebhookBox webhooks, TimeProvider clock)
{
    // Far above any order, far below what sums could overflow.
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
        catch (DbUpdateException failure) when (failure.InnerException is PostgresException { ConstraintName: ChargeMapping.KeyIndex })
        {
            // The answer is past its time and forgotten. That the key has charged is not.
            return await EarlierAsync(idempotencyKey, body, token, cancel) ?? throw IdempotentWrites.Reused();
        }
    }

    private Task<Answer> OnceAsync(CreateChargeBody body, string token, string? idempotencyKey, CancellationToken cancel) =>
        writes.OnceAsync(idempotencyKey, $"POST /v1/charges {body.Amount} {body.Currency} {token}", (key, _) =>
        {
            line.Take(token);
            var charge = Charge.Create(key, token, body.Amount!.Value, body.Currency!, clock.GetUtcNow());
            db.Charges.Add(charge);
            webhooks.Put(charge.Decline is null ? "charge.authorized" : "charge.declined", ChargeView.Of(charge));
            return Task.FromResult(charge.ToAnswer(charge.Decline, StatusCodes.Status201Created));
        }, cancel);

    /// <summary>The charge as it is now, or null if it was something else that the key was used for.</summary>
    private async Task<Answer?> EarlierAsync(string? idempotencyKey, CreateChargeBody body, string token, CancellationToken cancel)
    {
        var earlier = await db.Charges.AsNoTracking().SingleAsync(charge => charge.IdempotencyKey == idempotencyKey, cancel);
        return (earlier.Amount, earlier.Currency, earlier.Token) == (body.Amount, body.Currency, token)
            ? earlier.ToAnswer(earlier.Decline, StatusCodes.Status201Created) with { IsFirst = false }
            : null;
    }
}
