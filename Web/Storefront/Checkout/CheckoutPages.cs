using Shop.Design.Pages;
using Shop.Storefront.Baskets;
using Shop.Storefront.Coupons;

namespace Shop.Storefront.Checkout;

/// <summary>The page of the checkout, for the first time and after an error: always with what is in the basket and what it costs now.</summary>
internal sealed class CheckoutPages(MemberBasket baskets, CouponCalls coupons, BasketTotals totals)
{
    public async Task<IResult> ShowAsync(HttpContext http, CheckoutForm form, FormErrors errors, int status, CancellationToken cancel)
    {
        var basket = await baskets.ShowAsync(cancel);
        if (basket.Count == 0)
            return Go.To(http, "/basket");

        var usable = await coupons.FindAsync(cancel);
        var sums = await totals.OfAsync(basket, usable, form.Coupon, cancel);
        var shown = form with
        {
            Items = basket.IsKeptHere ? [.. basket.Items.Where(line => !line.Discontinued).Select(line => $"{line.ProductId}:{line.Quantity}")] : null,
            Expected = sums.Total,
        };
        return View.Of<CheckoutPage>(new CheckoutModel(basket, usable, sums, shown, errors), status);
    }
}
