using Shop.ServiceDefaults.Configuration;

namespace Shop.Coupons.Welcome;

internal static class WelcomeExtensions
{
    public static void AddWelcomeCoupons(this IHostApplicationBuilder builder) => builder.AddValidatedOptions<WelcomeCouponOptions>(WelcomeCouponOptions.Section);
}
