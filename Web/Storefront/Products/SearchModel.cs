using Shop.Design.Gateway;
using Shop.Storefront.Catalog;

namespace Shop.Storefront.Products;

/// <param name="Products">Null: nothing was asked for yet.</param>
public sealed record SearchModel(ProductQuery Query, PageOf<Product>? Products);
