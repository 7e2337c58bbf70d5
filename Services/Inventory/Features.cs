using Shop.Inventory.Expiry;
using Shop.Inventory.Reservations;
using Shop.Inventory.Stock;

namespace Shop.Inventory;

internal static class Features
{
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddScoped<Reserve>()
        .AddScoped<Confirm>()
        .AddScoped<Release>()
        .AddScoped<Restock>()
        .AddScoped<GetStock>()
        .AddScoped<Newcomer>()
        .AddScoped<SetStock>()
        .AddScoped<ExpireReservations>()
        .AddScoped<ForgetReservations>();
}
