using Shop.Basket.V1;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Basket.Items;

/// <summary>Takes a product out of the basket, discontinued ones, too. One that is not there needs no removal.</summary>
internal sealed class RemoveItem(BasketDb db)
{
    public async Task<RemoveItemResponse> HandleAsync(RemoveItemRequest request, Caller caller, CancellationToken cancel)
    {
        var product = Check.Uuid(request.ProductId) ?? throw new NotFoundException("No such product.");
        var basket = await db.InTransactionAsync(async token =>
        {
            var basket = await db.LockAsync(caller.Member, token);
            basket?.Remove(product);
            return basket;
        }, cancel);
        return new() { Basket = basket.ToContract() };
    }
}
