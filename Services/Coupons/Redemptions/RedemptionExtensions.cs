using Shop.ServiceDefaults.Configuration;

namespace Shop.Coupons.Redemptions;

internal static class RedemptionExtensions
{
    public static void AddRedemptions(this IHostApplicationBuilder builder) => builder.AddValidatedOptions<RedemptionOptions>(RedemptionOptions.Section);
}
