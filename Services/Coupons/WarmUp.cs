using Shop.Coupons.Issued;
using Shop.Coupons.Redemptions;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Coupons;

internal static class WarmUp
{
    public static void AddCouponsWarmUp(this IHostApplicationBuilder builder) => builder.AddRehearsal<CouponsDb>("a list and a restored coupon", async (services, cancel) =>
    {
        await services.GetRequiredService<ListCoupons>().HandleAsync(new(), Caller.OfMember(Guid.CreateVersion7()), cancel);
        await services.GetRequiredService<Restore>().HandleAsync(new() { OrderId = Guid.CreateVersion7().ToString() }, cancel);
    });
}
