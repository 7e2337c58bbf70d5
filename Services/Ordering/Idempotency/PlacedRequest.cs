namespace Shop.Ordering.Idempotency;

/// <summary>
/// What a member's idempotency key was used for, and what was answered. Written in the transaction of the order itself, so a crash leaves both or neither,
/// and a request that failed validation never burns its key.
/// </summary>
public sealed class PlacedRequest
{
    /// <summary>How long a key stands for its first request. Older rows do not count, and go with their day.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public required Guid MemberId { get; init; }

    /// <summary>The client's own words, 1 to 255 visible ASCII characters.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of the request without its key: the same key with another request is refused.</summary>
    public required byte[] RequestHash { get; init; }

    public required Guid OrderId { get; init; }

    /// <summary>The answer in the bytes that went out first: they go out again, whatever became of the order, its prices or this code since.</summary>
    public required byte[] Answer { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }
}
