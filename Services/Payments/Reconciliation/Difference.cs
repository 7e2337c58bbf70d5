namespace Shop.Payments.Reconciliation;

/// <summary>A difference between our ledger and the provider's, found by the comparison.</summary>
internal sealed class Difference
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    /// <summary>Null: a charge that is not of this shop.</summary>
    public required Guid? OrderId { get; init; }

    public required string? ChargeId { get; init; }

    /// <summary>One of <see cref="DifferenceKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The state here when it was found. Null: none.</summary>
    public required string? Ours { get; init; }

    /// <summary>The state at the provider when it was found. Null: none.</summary>
    public required string? Theirs { get; init; }

    public required bool Repaired { get; set; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>What differs, as in the contract.</summary>
internal static class DifferenceKind
{
    /// <summary>A charge without an intent: not of this shop, or of an order whose payment is not recorded. Reported.</summary>
    public const string UnknownCharge = "unknown_charge";

    /// <summary>The amounts or currencies differ. Reported.</summary>
    public const string AmountDiffers = "amount_differs";

    /// <summary>Released here, still authorised or captured there. Repaired by another release.</summary>
    public const string NotReleased = "not_released";

    /// <summary>An attempt of ours succeeded, but the provider has no such movement. Reported.</summary>
    public const string NotAtProvider = "not_at_provider";

    // The provider has moved money that is not recorded here. Repaired by recording the charge.
    public const string MissingAuthorisation = "missing_authorisation";
    public const string MissingCapture = "missing_capture";
    public const string MissingVoid = "missing_void";
    public const string MissingRefund = "missing_refund";
}
