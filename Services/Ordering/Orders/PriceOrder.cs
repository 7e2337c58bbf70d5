using Grpc.Core;
using Shop.Catalog.V1;
using Shop.Coupons.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Ordering.Orders;

/// <summary>What an order costs: Catalog's prices and Coupons' discount of this moment, never the client's.</summary>
internal sealed class PriceOrder(CatalogService.CatalogServiceClient catalog, CouponsService.CouponsServiceClient coupons)
{
    /// <exception cref="RefusedException"><c>unknown_product</c>, <c>discontinued</c>, <c>mixed_currencies</c>, <c>coupon_not_usable</c>.</exception>
    /// <exception cref="NotFoundException">The member has no such coupon.</exception>
    public async Task<PricedOrder> HandleAsync(IReadOnlyList<OrderItem> items, Guid? couponId, Guid member, CancellationToken cancel)
    {
        var answer = await catalog.GetProductsAsync(
            new() { ProductIds = { items.Select(item => item.ProductId.ToString()) } }, cancellationToken: cancel);
        var products = answer.Products.ToDictionary(product => Guid.Parse(product.Id));

        if (items.FirstOrDefault(item => !products.ContainsKey(item.ProductId)) is { } unknown)
            throw new RefusedException("unknown_product", $"There is no product {unknown.ProductId}.");

        if (items.FirstOrDefault(item => products[item.ProductId].Discontinued) is { } discontinued)
            throw new RefusedException("discontinued", $"Product {discontinued.ProductId} is not sold any more.");

        var currencies = products.Values.Select(product => product.Price.Currency).Distinct().ToList();
        if (currencies.Count != 1)
            throw new RefusedException("mixed_currencies", "All products of an order must have one currency.");

        var priced = new PricedOrder([.. items.Select(item => Priced(item, products[item.ProductId]))], currencies[0]);
        return couponId is { } coupon ? priced with { Discount = await DiscountAsync(coupon, member, priced, cancel) } : priced;
    }

    private static Line Priced(OrderItem item, Product product) =>
        new()
        {
            ProductId = item.ProductId,
            // A Catalog from before both names answers in Korean.
            Name = product.Names?.Ko ?? product.Name,
            NameEn = product.Names?.En,
            Quantity = item.Quantity,
            UnitPrice = product.Price.Amount,
        };

    /// <summary>A coupon that cannot be used now is refused now. Without Coupons there are no orders with a coupon; those without one do not need it.</summary>
    private async Task<Discount> DiscountAsync(Guid coupon, Guid member, PricedOrder order, CancellationToken cancel)
    {
        try
        {
            var quote = await coupons.QuoteAsync(new()
            {
                CouponId = coupon.ToString(),
                MemberId = member.ToString(),
                Subtotal = new() { Amount = order.Subtotal, Currency = order.Currency },
            }, cancellationToken: cancel);
            return new(coupon, quote.Discount.Amount);
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.NotFound)
        {
            throw new NotFoundException("There is no such coupon.", cause: failure);
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.FailedPrecondition)
        {
            // "coupon_not_usable", and why: the member's to know.
            throw failure.ToShopException();
        }
    }
}

/// <param name="Discount">Null: no coupon is used.</param>
/// <param name="BasketVersion">Of the member's basket whose items the lines are. Null: the request named them.</param>
internal sealed record PricedOrder(IReadOnlyList<Line> Lines, string Currency, Discount? Discount = null, long? BasketVersion = null)
{
    /// <summary>In minor units of <see cref="Currency"/>.</summary>
    public long Subtotal => checked(Lines.Sum(line => line.Total));
}
