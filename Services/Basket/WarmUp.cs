using Shop.Basket.Items;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Basket;

internal static class WarmUp
{
    public static void AddBasketWarmUp(this IHostApplicationBuilder builder) => builder.AddRehearsal<BasketDb>("a basket", async (services, cancel) =>
    {
        var member = Caller.OfMember(Guid.CreateVersion7());
        await services.GetRequiredService<PutItem>().PutAsync(member.Member, Guid.CreateVersion7(), 2, cancel);
        await services.GetRequiredService<RemoveItem>().HandleAsync(new() { ProductId = Guid.CreateVersion7().ToString() }, member, cancel);
        await services.GetRequiredService<GetBasket>().HandleAsync(member, cancel);
    });
}
