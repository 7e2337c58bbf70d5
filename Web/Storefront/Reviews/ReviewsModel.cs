using Shop.Design.Gateway;
using Shop.Storefront.Catalog;

namespace Shop.Storefront.Reviews;

/// <summary>A page of a product's reviews.</summary>
public sealed record ReviewsModel(Product Product, string Sort, bool IsLater, PageOf<Review> Reviews);
