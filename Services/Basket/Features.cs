using Shop.Basket.Items;

namespace Shop.Basket;

internal static class Features
{
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddScoped<GetBasket>()
        .AddScoped<PutItem>()
        .AddScoped<RemoveItem>();
}
