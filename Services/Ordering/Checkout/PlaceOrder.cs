using Shop.Messaging;
using Shop.Ordering.Idempotency;
using Shop.Ordering.Orders;
using Shop.Ordering.V1;
using Shop.Sagas;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;
using Order = Shop.Ordering.Orders.Order;

namespace Shop.Ordering.Checkout;

/// <summary>Accepts an order. The answer means "accepted", not "paid": the checkout saga does the rest.</summary>
internal sealed class PlaceOrder(OrderingDb db, AnsweredRequests answered, ReadBasket basket, PriceOrder price, TimeProvider clock)
{
    public async Task<PlaceOrderResponse> HandleAsync(PlaceOrderRequest request, Caller caller, CancellationToken cancel)
    {
        var wanted = OrderRequest.Of(request);
        if (request.ValidateOnly)
            return new();

        var hash = AnsweredRequests.Hash(wanted.ToContract());
        if (await answered.FindAsync<PlaceOrderResponse>(caller.Member, wanted.IdempotencyKey, hash, cancel) is { } before)
            return before;

        try
        {
            var priced = await PriceAsync(wanted, caller.Member, cancel);
            var answer = await KeepAsync(wanted, hash, caller.Member, priced, cancel);
            return answer.ChangedTotal is null ? answer : await FirstAsync() ?? answer;
        }
        catch (RefusedException)
        {
            if (await FirstAsync() is { } first)
                return first;
            throw;
        }

        // A refusal can be due to the first request with this key, which was accepted meanwhile: its order has the coupon, or what was in the basket.
        Task<PlaceOrderResponse?> FirstAsync() => answered.FindAsync<PlaceOrderResponse>(caller.Member, wanted.IdempotencyKey, hash, cancel);
    }

    /// <summary>All that comes once the prices are known.</summary>
    internal Task<PlaceOrderResponse> KeepAsync(OrderRequest wanted, Guid member, PricedOrder priced, CancellationToken cancel) =>
        KeepAsync(wanted, AnsweredRequests.Hash(wanted.ToContract()), member, priced, cancel);

    private async Task<PlaceOrderResponse> KeepAsync(OrderRequest wanted, byte[] hash, Guid member, PricedOrder priced, CancellationToken cancel)
    {
        var order = Order.Place(member, priced.Lines, priced.Currency, wanted.Address, clock.GetUtcNow(), priced.Discount, priced.BasketVersion);
        if (wanted.ExpectedTotal is { } expected && !expected.Equals(order.TotalMoney()))
            return new() { ChangedTotal = order.TotalMoney() };

        db.Orders.Add(order);
        db.Publish(order.Placed());
        db.Start(CheckoutState.Of(order, wanted.PaymentToken), subject: order.Id.ToString());

        // One commit for all of it and the answer; a second request with the same key at the same moment fails on the key and gives this answer.
        var answer = new PlaceOrderResponse { OrderId = order.Id.ToString(), Status = order.Status };
        return await answered.SaveAsync(answer, order.Id, member, wanted.IdempotencyKey, hash, cancel);
    }

    private async Task<PricedOrder> PriceAsync(OrderRequest wanted, Guid member, CancellationToken cancel)
    {
        var (items, version) = wanted.IsFromBasket ? await basket.HandleAsync(member, cancel) : (wanted.Items, null);
        try
        {
            return await price.HandleAsync(items, wanted.CouponId, member, cancel) with { BasketVersion = version };
        }
        catch (NotFoundException failure)
        {
            // The order is not what is missing.
            throw new RefusedException("coupon_not_usable", failure.Message, failure);
        }
    }
}
