namespace Shop.Storefront.Catalog;

/// <param name="ProductCount">Zero where the API does not say, as in a product.</param>
public sealed record Category(string Id, string Name, int ProductCount = 0);
