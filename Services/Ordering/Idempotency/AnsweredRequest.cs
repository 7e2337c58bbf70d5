namespace Shop.Ordering.Idempotency;

/// <summary>
/// What a caller's idempotency key was used for, and what was answered. Written in the transaction that changes the order, so a crash leaves both or neither,
/// and a request that failed validation does not use up its key.
/// </summary>
internal sealed class AnsweredRequest
{
    /// <summary>How long a key stands for its first request. Older rows do not count, and go with their day.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>Who made the request: a member, or an operator.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>The client's own words, 1 to 255 visible ASCII characters.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of the request without its key: the same key with another request is refused.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>The contract's call, such as <c>PlaceOrder</c>.</summary>
    public required string Call { get; init; }

    public required Guid OrderId { get; init; }

    /// <summary>The answer in the bytes that went out first: they go out again, whatever became of the order, its prices or this code since.</summary>
    public required byte[] Answer { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }
}
