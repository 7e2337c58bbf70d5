namespace Shop.Ordering.Idempotency;

/// <summary>
/// What a member's idempotency key was used for. Written in the transaction of the order itself, so a crash leaves both or neither,
/// and a request that failed validation never burns its key.
/// </summary>
public sealed class PlacedRequest
{
    public required Guid MemberId { get; init; }

    /// <summary>The client's own words, 1 to 255 visible ASCII characters.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of the request without its key: the same key with another request is refused.</summary>
    public required byte[] RequestHash { get; init; }

    public required Guid OrderId { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }
}
