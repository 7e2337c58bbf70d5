namespace Shop.Payments.Reconciliation;

/// <summary>A movement of the provider that was compared: what our attempts are compared with, without reading the provider's ledger again.</summary>
internal sealed class SeenMovement
{
    public required long Sequence { get; init; }

    public required Guid OrderId { get; init; }

    /// <summary>authorise, capture, void, refund.</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset SeenAt { get; init; }
}
