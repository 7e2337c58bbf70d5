using Shop.Design.Pages;
using Shop.Storefront.Baskets;
using Shop.Storefront.Coupons;

namespace Shop.Storefront.Checkout;

/// <param name="Coupons">Null: not available at the moment.</param>
public sealed record CheckoutModel(BasketView Basket, IReadOnlyList<Coupon>? Coupons, Totals Totals, CheckoutForm Form, FormErrors Errors);
