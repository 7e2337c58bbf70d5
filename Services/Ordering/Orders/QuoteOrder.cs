using Shop.Common.V1;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Validation;

namespace Shop.Ordering.Orders;

/// <summary>What an order would cost now, computed by the same code as when it is placed. Nothing is reserved or kept.</summary>
internal sealed class QuoteOrder(PriceOrder price)
{
    public async Task<QuoteOrderResponse> HandleAsync(QuoteOrderRequest request, Caller caller, CancellationToken cancel)
    {
        var check = new Check();
        var items = OrderRequest.ReadItems(request.Lines, check);
        var coupon = OrderRequest.ReadCoupon(request.CouponId, check);
        check.ThrowIfAny();

        var priced = await price.HandleAsync(items, coupon, caller.Member, cancel);
        var discount = priced.Discount?.Amount ?? 0;
        return new() { Subtotal = Money(priced.Subtotal), Discount = Money(discount), Total = Money(priced.Subtotal - discount) };

        Money Money(long amount) => new() { Amount = amount, Currency = priced.Currency };
    }
}
