using Shop.Design.Gateway;
using Shop.Storefront.Catalog;

namespace Shop.Storefront.Categories;

/// <summary>A page of a category's products.</summary>
public sealed record CategoryModel(Category Category, ProductQuery Query, PageOf<Product> Products);
