namespace Shop.Reviews.Received;

/// <summary>A member has received a product, by whatever order, and may review it. That stays, also if the order is refunded later.</summary>
internal sealed class ReceivedProduct
{
    public required Guid MemberId { get; init; }

    public required Guid ProductId { get; init; }
}
