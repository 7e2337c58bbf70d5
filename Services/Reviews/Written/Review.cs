namespace Shop.Reviews.Written;

/// <summary>What a member says of a product. There is one each, and it does not change.</summary>
internal sealed class Review
{
    /// <summary>UUIDv7: the id's order is the order of being written.</summary>
    public required Guid Id { get; init; }

    public required Guid ProductId { get; init; }

    public required Guid MemberId { get; init; }

    /// <summary>1 to 5.</summary>
    public required int Stars { get; init; }

    /// <summary>As it was given, in NFC. It is never interpreted.</summary>
    public required string Text { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
