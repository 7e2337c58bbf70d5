using Shop.PaymentProvider.Charges;

namespace Shop.PaymentProvider.Movements;

/// <summary>One movement of money on a charge, like a balance transaction of a real provider. Append-only; written in the transaction of the change.</summary>
internal sealed class Movement
{
    private Movement() { }

    /// <summary>
    /// Grows in the order in which readers see movements: a reader that has read up to a sequence has missed none below it. Assigned by the database
    /// (<see cref="MovementTable.NextSequence"/>); a transaction that is rolled back leaves a gap.
    /// </summary>
    public long Sequence { get; private init; }

    public string ChargeId { get; private init; } = "";

    /// <summary>Of the call that created the charge.</summary>
    public string IdempotencyKey { get; private init; } = "";

    /// <summary>authorise, capture, void, refund.</summary>
    public string Kind { get; private init; } = "";

    /// <summary>Minor units of <see cref="Currency"/>: of this movement.</summary>
    public long Amount { get; private init; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private init; } = "";

    /// <summary>The sum of the charge's refunds after this movement, in minor units.</summary>
    public long Refunded { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <param name="amount">Minor units of the charge's currency.</param>
    public static Movement Of(Charge charge, string kind, long amount, DateTimeOffset now) => new()
    {
        ChargeId = charge.Id,
        IdempotencyKey = charge.IdempotencyKey,
        Kind = kind,
        Amount = amount,
        Currency = charge.Currency,
        Refunded = charge.Refunded,
        At = now,
    };
}
