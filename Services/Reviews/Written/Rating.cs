using Google.Protobuf.WellKnownTypes;
using Shop.Reviews.V1;

namespace Shop.Reviews.Written;

/// <summary>All reviews of a product together. Its row is locked by every new review until that commits, so versions and events of a product are in one order.</summary>
internal sealed class Rating
{
    private Rating() { }

    public Guid ProductId { get; private init; }

    /// <summary>The sum over all reviews.</summary>
    public long Stars { get; private init; }

    /// <summary>Of reviews.</summary>
    public int Count { get; private init; }

    /// <summary>Grows by one with every change.</summary>
    public long Version { get; private init; }

    public RatingChanged Changed(DateTimeOffset now) => new() { ProductId = ProductId.ToString(), Stars = Stars, Count = Count, Version = Version, ChangedAt = now.ToTimestamp() };
}
