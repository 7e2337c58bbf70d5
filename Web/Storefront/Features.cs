using Shop.Storefront.Baskets;
using Shop.Storefront.Catalog;
using Shop.Storefront.Checkout;
using Shop.Storefront.Coupons;
using Shop.Storefront.Reviews;
using Shop.Storefront.SignIn;

namespace Shop.Storefront;

internal static class Features
{
    public static IServiceCollection AddFeatures(this IServiceCollection services) =>
        services
            .AddSingleton<CategoryNames>()
            .AddScoped<ProductCalls>()
            .AddScoped<ReviewCalls>()
            .AddScoped<GuestBasket>()
            .AddScoped<BasketLock>()
            .AddScoped<MemberBasket>()
            .AddScoped<CouponCalls>()
            .AddScoped<BasketTotals>()
            .AddScoped<CheckoutPages>()
            .AddScoped<PlaceOrder>()
            .AddScoped<OpenSession>();
}
