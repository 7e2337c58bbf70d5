using Shop.Design.Gateway;
using Shop.Design.Languages;
using Shop.Storefront.Coupons;

namespace Shop.Storefront.Baskets;

/// <summary>What a basket costs, with a coupon or with the reason why not.</summary>
internal sealed class BasketTotals(CouponCalls coupons, Wording words)
{
    public async Task<Totals> OfAsync(BasketView basket, IReadOnlyList<Coupon>? usable, string? couponId, CancellationToken cancel)
    {
        var subtotal = basket.Subtotal ?? new(basket.Items.Sum(line => line.LineTotal?.Amount ?? 0), "KRW");
        var plain = new Totals(subtotal, subtotal with { Amount = 0 }, subtotal, string.IsNullOrEmpty(couponId) ? null : couponId);
        if (plain.CouponId is null)
            return plain;
        if (usable?.FirstOrDefault(coupon => coupon.Id == couponId) is not { } coupon)
            return plain with { WhyNot = usable is null ? words["coupons.unavailable"] : words["coupon.whyNot"] };

        try
        {
            var items = basket.Items.Where(line => !line.Discontinued).Select(line => (object)new { productId = line.ProductId, quantity = line.Quantity });
            var quote = await coupons.QuoteAsync(coupon.Id, items, cancel);
            return plain with { Subtotal = quote.Subtotal, Discount = quote.Discount, Total = quote.Total };
        }
        catch (ApiException failure) when (failure.Status is 404 or 422 or 400 || failure.IsUnavailable)
        {
            return plain with { WhyNot = failure.IsUnavailable ? words["coupons.unavailable"] : coupon.WhyNot(subtotal, words) };
        }
    }
}
