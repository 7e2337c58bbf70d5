using Microsoft.Extensions.Options;
using Shop.Inventory.Expiry;
using Shop.Inventory.Reservations;
using Shop.Inventory.Stock;
using Shop.Persistence;
using Shop.Persistence.Workers;

namespace Shop.Inventory;

internal static class Features
{
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddScoped<Reserve>()
        .AddScoped<Confirm>()
        .AddScoped<Release>()
        .AddScoped<Restock>()
        .AddScoped<GetStock>()
        .AddScoped<NewProductWait>()
        .AddScoped<SetStock>()
        .AddScoped<ExpireReservations>()
        .AddWorker<ExpiryWorker>()
        .AddPurge(provider => new("reservations", $"finished_at < now() - $1 and status <> '{ReservationStatus.Confirmed}'", Options(provider).Retention))
        .AddPurge(provider => new("reservations", $"finished_at < now() - $1 and status = '{ReservationStatus.Confirmed}'", Options(provider).SaleRetention));

    private static ReservationOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<ReservationOptions>>().Value;
}
