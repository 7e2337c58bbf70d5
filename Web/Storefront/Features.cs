using System.IO.Compression;
using System.Net.Mime;
using Microsoft.AspNetCore.ResponseCompression;
using Shop.Storefront.Baskets;
using Shop.Storefront.Catalog;
using Shop.Storefront.Checkout;
using Shop.Storefront.Coupons;
using Shop.Storefront.Reviews;
using Shop.Storefront.SignIn;

namespace Shop.Storefront;

internal static class Features
{
    public static IServiceCollection AddFeatures(this IServiceCollection services)
    {
        // Pages only: assets are compressed once, and streams of events must not wait for a block to be full.
        services.AddResponseCompression(compression =>
        {
            compression.MimeTypes = [MediaTypeNames.Text.Html, MediaTypeNames.Image.Svg, MediaTypeNames.Application.Xml];
            // Form tokens are other texts on every page, so compression does not give them away.
            compression.EnableForHttps = true;
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        return services
            .AddSingleton<CategoryNames>()
            .AddScoped<ProductCalls>()
            .AddScoped<ReviewCalls>()
            .AddScoped<GuestBasket>()
            .AddScoped<MemberBasket>()
            .AddScoped<CouponCalls>()
            .AddScoped<BasketTotals>()
            .AddScoped<CheckoutPages>()
            .AddScoped<PlaceOrder>()
            .AddScoped<OpenSession>();
    }
}
