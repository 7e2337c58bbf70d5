using Shop.Catalog.V1;

namespace Shop.Catalog.Ratings;

/// <summary>The last known rating of a product. In a table of its own, as the stock.</summary>
internal sealed class ProductRating
{
    public required Guid ProductId { get; init; }

    /// <summary>The sum over all reviews.</summary>
    public required long Stars { get; init; }

    /// <summary>Of reviews.</summary>
    public required int Count { get; init; }

    /// <summary>Reviews' version; an older one never replaces a newer one.</summary>
    public required long Version { get; init; }

    /// <summary>The average is rounded to one digit; there is none before the first event of Reviews.</summary>
    public static Rating ToContract(long? stars, int? count)
    {
        var rating = new Rating { Count = count ?? 0 };
        if (rating.Count > 0)
            rating.Average = Math.Round(stars!.Value / (double)rating.Count, 1, MidpointRounding.AwayFromZero);
        return rating;
    }
}
