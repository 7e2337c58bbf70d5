using Shop.Design.Gateway;

namespace Shop.Storefront.Catalog;

/// <summary>A product of the API.</summary>
/// <param name="Stock">Null: not known at the moment.</param>
/// <param name="Rating">Null: not known at the moment.</param>
/// <param name="Reviews">The first ones; null: not known at the moment, or not in this answer.</param>
public sealed record Product(
    string Id,
    string Name,
    string Description,
    Category Category,
    Money Price,
    string ImageUrl,
    ProductStock? Stock,
    ProductRating? Rating,
    bool Discontinued = false,
    IReadOnlyList<string>? Unavailable = null)
{
    /// <summary>Whether it can be put into the basket. Of an unknown stock the order decides.</summary>
    public bool CanBeBought => !Discontinued && Stock?.State != "sold_out";
}

/// <param name="State"><c>in_stock</c>, <c>low</c> or <c>sold_out</c>.</param>
public sealed record ProductStock(string State, long Available);

/// <param name="Average">Null while nobody has rated.</param>
public sealed record ProductRating(double? Average, int Count);
