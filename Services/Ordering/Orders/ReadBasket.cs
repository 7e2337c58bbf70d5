using Shop.Basket.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Ordering.Orders;

/// <summary>What a member has in the basket at this moment, for an order of it. Without Basket there are no such orders; those that name their lines do not need it.</summary>
internal sealed class ReadBasket(BasketService.BasketServiceClient basket)
{
    /// <returns>The items, and the basket's version that has them.</returns>
    /// <exception cref="RefusedException"><c>basket_empty</c>.</exception>
    public async Task<(IReadOnlyList<OrderItem> Items, long? Version)> HandleAsync(Guid member, CancellationToken cancel)
    {
        var answer = await basket.GetBasketForOrderAsync(new() { MemberId = member.ToString() }, cancellationToken: cancel);
        if (answer.Basket.Items.Count == 0)
            throw new RefusedException("basket_empty", "There is nothing in the basket.");

        return ([.. answer.Basket.Items.Select(item => new OrderItem(Guid.Parse(item.ProductId), item.Quantity))], answer.Basket.Version);
    }
}
