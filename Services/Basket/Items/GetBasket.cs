using Microsoft.EntityFrameworkCore;
using Shop.Basket.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Validation;

namespace Shop.Basket.Items;

/// <summary>A basket, for its member or for an order of it.</summary>
internal sealed class GetBasket(BasketDb db)
{
    public async Task<GetBasketResponse> HandleAsync(Caller caller, CancellationToken cancel) => new() { Basket = await ReadAsync(caller.Member, cancel) };

    public async Task<GetBasketForOrderResponse> HandleAsync(GetBasketForOrderRequest request, CancellationToken cancel)
    {
        var check = new Check();
        var member = check.Uuid("memberId", request.MemberId);
        check.ThrowIfAny();
        return new() { Basket = await ReadAsync(member, cancel) };
    }

    private async Task<V1.Basket> ReadAsync(Guid member, CancellationToken cancel) =>
        (await db.Baskets.AsNoTracking().SingleOrDefaultAsync(basket => basket.MemberId == member, cancel)).ToContract();
}
