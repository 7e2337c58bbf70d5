using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.Shipping.Shipments;

namespace Shop.Shipping;

internal static class WarmUp
{
    public static void AddShippingWarmUp(this IHostApplicationBuilder builder)
    {
        builder.AddRehearsal<ShippingDb>("a shipment", (services, cancel) => services.GetRequiredService<CreateShipment>()
            .CreateAsync(Guid.CreateVersion7(), Guid.CreateVersion7(), cancel));
        builder.AddRehearsal<ShippingDb>("a query for shipments", (services, cancel) => services.GetRequiredService<GetShipments>()
            .HandleAsync(new() { OrderIds = { Guid.CreateVersion7().ToString() } }, Caller.OfService("shipping"), cancel));
    }
}
