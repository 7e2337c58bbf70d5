namespace Shop.Payments.Provider;

/// <summary>What a movement at the provider did.</summary>
internal enum MovementKind
{
    Authorise,
    Capture,
    Void,
    Refund,

    /// <summary>Nothing that this shop knows: a fee, a payout.</summary>
    Other,
}

internal static class MovementKinds
{
    /// <summary>As our ledger calls the transfer of it.</summary>
    public static string ToText(this MovementKind kind) => kind.ToString().ToLowerInvariant();
}

/// <summary>One entry of the provider's feed of movements.</summary>
/// <param name="Sequence">Its place in the feed.</param>
/// <param name="OrderId">Null: not a charge of this shop.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>: of this movement.</param>
/// <param name="Refunded">Minor units: the sum of the charge's refunds after this movement.</param>
/// <param name="At">By the provider's clock.</param>
internal sealed record Movement(long Sequence, string ChargeId, Guid? OrderId, MovementKind Kind, long Amount, string Currency, long Refunded, DateTimeOffset At);
