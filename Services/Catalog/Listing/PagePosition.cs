namespace Shop.Catalog.Listing;

/// <summary>Where the next page begins: behind this product. It travels, signed, in the page token.</summary>
/// <param name="Key">What the list is ordered by (price or score); the id decides between equals.</param>
/// <param name="Forgiving">Whether the list holds near misses, too: decided once, on the first page.</param>
internal sealed record PagePosition(ProductList List, long Key, Guid Id, bool Forgiving);
