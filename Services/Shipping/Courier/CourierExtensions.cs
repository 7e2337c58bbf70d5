using Shop.Persistence.Workers;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Configuration;

namespace Shop.Shipping.Courier;

internal static class CourierExtensions
{
    public static void AddCourier(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<CourierOptions>(CourierOptions.Section);
        builder.Services.AddScoped<DueShipments>();
        builder.Services.AddWorker<CourierWorker>();
    }
}
