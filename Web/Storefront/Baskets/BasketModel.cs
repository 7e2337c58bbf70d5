using Shop.Storefront.Coupons;

namespace Shop.Storefront.Baskets;

/// <param name="Coupons">Null: not available at the moment; empty for a guest.</param>
/// <param name="Removed">The product that was just removed, to undo it.</param>
/// <param name="Left">How many of the guest's products did not fit into the member's basket.</param>
/// <param name="Refused">A code: why a product was not put in.</param>
public sealed record BasketModel(BasketView Basket, IReadOnlyList<Coupon>? Coupons, Totals? Totals, string? Removed, int RemovedQuantity, int Left, string? Refused);
