namespace Shop.Checker.Sources;

/// <summary>Reviews' database, and Catalog's projection of it.</summary>
/// <param name="Listed">Catalog's projection, updated by events only.</param>
public sealed record ReviewData(IReadOnlyList<Review> Reviews, IReadOnlyDictionary<Guid, Rating> Ratings, IReadOnlyDictionary<Guid, Rating> Listed)
{
    public static async Task<ReviewData> ReadAsync(string reviews, string catalog, CancellationToken cancel) => new(
        await Rows.ReadAsync(reviews, "select product_id, member_id, stars from reviews", row => new Review(row.GetGuid(0), row.GetGuid(1), row.GetInt32(2)), cancel),
        await RatingsAsync(reviews, cancel),
        await RatingsAsync(catalog, cancel));

    private static async Task<IReadOnlyDictionary<Guid, Rating>> RatingsAsync(string database, CancellationToken cancel) =>
        (await Rows.ReadAsync(database, "select product_id, stars, count, version from ratings", row => (Id: row.GetGuid(0), Rating: new Rating(row.GetInt64(1), row.GetInt32(2), row.GetInt64(3))), cancel))
        .ToDictionary(row => row.Id, row => row.Rating);
}

public sealed record Review(Guid ProductId, Guid MemberId, int Stars);

/// <param name="Stars">The sum over all reviews.</param>
public sealed record Rating(long Stars, int Count, long Version);
