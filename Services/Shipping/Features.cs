using Shop.Shipping.Shipments;

namespace Shop.Shipping;

internal static class Features
{
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddScoped<GetShipments>()
        .AddScoped<ListShipments>()
        .AddScoped<AdvanceShipment>()
        .AddScoped<CallOff>();
}
