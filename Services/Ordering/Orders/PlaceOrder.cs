using Shop.Catalog.V1;
using Shop.Messaging;
using Shop.Ordering.Checkout;
using Shop.Ordering.Idempotency;
using Shop.Ordering.V1;
using Shop.Sagas;
using Shop.ServiceDefaults;

namespace Shop.Ordering.Orders;

/// <summary>Accepts an order. The answer means "accepted", not "paid": the checkout saga does the rest.</summary>
public sealed class PlaceOrder(OrderingDb db, PlacedRequests placed, CatalogService.CatalogServiceClient catalog, TimeProvider clock)
{
    public async Task<PlaceOrderResponse> HandleAsync(PlaceOrderRequest request, Caller caller, CancellationToken cancel)
    {
        var wanted = OrderRequest.Of(request);
        var hash = PlacedRequests.Hash(request);
        if (await placed.FindAsync(caller.Member, wanted.IdempotencyKey, hash, cancel) is { } before)
            return before;

        var (lines, currency) = await PriceAsync(wanted, cancel);
        return await KeepAsync(request, wanted, hash, caller.Member, lines, currency, cancel);
    }

    /// <summary>All that comes once the prices are known.</summary>
    internal Task<PlaceOrderResponse> KeepAsync(PlaceOrderRequest request, Guid member, IReadOnlyList<Line> lines, string currency, CancellationToken cancel) =>
        KeepAsync(request, OrderRequest.Of(request), PlacedRequests.Hash(request), member, lines, currency, cancel);

    private async Task<PlaceOrderResponse> KeepAsync(
        PlaceOrderRequest request, OrderRequest wanted, byte[] hash, Guid member, IReadOnlyList<Line> lines, string currency, CancellationToken cancel)
    {
        var order = Order.Place(member, lines, currency, wanted.Address, clock.GetUtcNow());
        if (request.ExpectedTotal is { } expected && !expected.Equals(order.TotalMoney()))
            return new() { ChangedTotal = order.TotalMoney() };

        db.Orders.Add(order);
        db.Publish(order.Placed());
        db.Start(CheckoutState.Of(order, wanted.PaymentToken), subject: order.Id.ToString());

        // One commit for all of it and the answer; a second request with the same key at the same moment fails on the key and gives this answer.
        var answer = new PlaceOrderResponse { OrderId = order.Id.ToString(), Status = order.Status };
        return await placed.SaveAsync(answer, member, wanted.IdempotencyKey, hash, cancel);
    }

    /// <summary>Prices and names are the shop's of this moment, never the client's.</summary>
    private async Task<(IReadOnlyList<Line> Lines, string Currency)> PriceAsync(OrderRequest wanted, CancellationToken cancel)
    {
        var answer = await catalog.GetProductsAsync(
            new() { ProductIds = { wanted.Items.Select(item => item.ProductId.ToString()) } }, cancellationToken: cancel);
        var products = answer.Products.ToDictionary(product => Guid.Parse(product.Id));

        if (wanted.Items.FirstOrDefault(item => !products.ContainsKey(item.ProductId)) is { } unknown)
            throw new RefusedException("unknown_product", $"There is no product {unknown.ProductId}.");

        var currencies = products.Values.Select(product => product.Price.Currency).Distinct().ToList();
        if (currencies.Count != 1)
            throw new RefusedException("mixed_currencies", "All products of an order must have one currency.");

        return ([.. wanted.Items.Select(item => Priced(item, products[item.ProductId]))], currencies[0]);
    }

    private static Line Priced(OrderRequest.Item item, Product product) =>
        new()
        {
            ProductId = item.ProductId,
            // A Catalog from before both names answers in Korean.
            Name = product.Names?.Ko ?? product.Name,
            NameEn = product.Names?.En,
            Quantity = item.Quantity,
            UnitPrice = product.Price.Amount,
        };
}
