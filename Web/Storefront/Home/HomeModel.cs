using Shop.Storefront.Catalog;

namespace Shop.Storefront.Home;

/// <summary>The first page.</summary>
public sealed record HomeModel(IReadOnlyList<Category> Categories, IReadOnlyList<Product> Newest);
