using Shop.PaymentProvider.Tokens;

namespace Shop.PaymentProvider.Charges;

/// <summary>A charge on a card. Amounts are in minor units of <see cref="Currency"/>.</summary>
internal sealed class Charge
{
    private Charge() { }

    /// <summary><c>ch_</c> and a UUIDv7: ids grow with time, which the ledger's paging relies on.</summary>
    public string Id { get; private init; } = "";

    /// <summary>Of the call that created it.</summary>
    public string IdempotencyKey { get; private init; } = "";

    public string Token { get; private init; } = "";

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private init; } = "";

    /// <summary>The requested amount, also of a declined charge.</summary>
    public long Amount { get; private init; }

    /// <summary>The authorised amount: 0 if declined.</summary>
    public long Authorised { get; private init; }

    public long Captured { get; private set; }

    public long Refunded { get; private set; }

    public bool Voided { get; private set; }

    public string? DeclineCode { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }

    public string Status =>
        DeclineCode is not null ? "declined"
        : Voided ? "voided"
        : Captured == 0 ? "authorized"
        : Refunded == 0 ? "captured"
        : Refunded < Captured ? "partially_refunded"
        : "refunded";

    public static Charge Create(string idempotencyKey, string token, long amount, string currency, DateTimeOffset now)
    {
        var decline = PaymentToken.DeclineCode(token);
        return new Charge
        {
            Id = $"ch_{Guid.CreateVersion7(now):N}",
            IdempotencyKey = idempotencyKey,
            Token = token,
            Currency = currency,
            Amount = amount,
            Authorised = decline is null ? amount : 0,
            DeclineCode = decline,
            CreatedAt = WholeMicroseconds(now),
        };
    }

    // The precision of the database, so that a new charge and one that is read back are equal.
    private static DateTimeOffset WholeMicroseconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));

    /// <summary>Why the card declined, or null.</summary>
    public Refusal? Decline => DeclineCode is null ? null : Refusal.ByCard(DeclineCode, "The card was declined.");

    /// <summary>Captures the whole authorised amount.</summary>
    public Refusal? Capture()
    {
        if (Status != "authorized")
            return Refusal.ByState("not_capturable", $"The charge is {Status}; only an authorized one can be captured.");
        if (Token == PaymentToken.CaptureFails)
            return Refusal.ByCard("capture_refused", "The card's issuer refused the capture.");

        Captured = Authorised;
        return null;
    }

    /// <summary>Releases the authorisation.</summary>
    public Refusal? Void()
    {
        if (Status != "authorized")
            return Refusal.ByState("not_voidable", $"The charge is {Status}; only an authorized one can be voided.");

        Voided = true;
        return null;
    }

    /// <summary>Refunds the captured amount, or a part of it.</summary>
    public Refusal? Refund(long amount)
    {
        if (Captured == 0)
            return Refusal.ByState("not_refundable", $"The charge is {Status}; only a captured one can be refunded.");
        if (amount > Captured - Refunded)
            return Refusal.ByState("amount_too_large", $"Only {Captured - Refunded} of the charge can still be refunded.");

        Refunded += amount;
        return null;
    }
}
