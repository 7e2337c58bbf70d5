using Shop.ServiceDefaults.Configuration;

namespace Shop.Gateway.Orders;

internal static class OrderEventsExtensions
{
    public static void AddOrderEvents(this IHostApplicationBuilder builder) => builder.AddValidatedOptions<OrderEventsOptions>(OrderEventsOptions.Section);
}
