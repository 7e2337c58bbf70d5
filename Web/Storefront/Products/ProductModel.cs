using Shop.Storefront.Catalog;
using Shop.Storefront.Reviews;

namespace Shop.Storefront.Products;

/// <param name="Reviews">Null: not available at the moment.</param>
/// <param name="Added">How many were just put into the basket; 0: none.</param>
/// <param name="Reviewed"><c>now</c>: the reader's review was just stored; <c>already</c>: it was before.</param>
public sealed record ProductModel(Product Product, IReadOnlyList<Review>? Reviews, bool HasMoreReviews, ReviewDraft Draft, int Added = 0, string? Reviewed = null);
