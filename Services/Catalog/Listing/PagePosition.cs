namespace Shop.Catalog.Listing;

/// <summary>The last product of a page: the next page begins after it. Part of the signed page token.</summary>
/// <param name="Key">The sort key (price or score); the id is the tiebreaker.</param>
/// <param name="Forgiving">Whether the list contains near misses: decided once, for the first page.</param>
internal sealed record PagePosition(ProductList List, long Key, Guid Id, bool Forgiving);
