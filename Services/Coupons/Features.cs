using Microsoft.Extensions.Options;
using Shop.Coupons.Issued;
using Shop.Coupons.Redemptions;
using Shop.Persistence;

namespace Shop.Coupons;

internal static class Features
{
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddScoped<ListCoupons>()
        .AddScoped<Quote>()
        .AddScoped<Reserve>()
        .AddScoped<Redeem>()
        .AddScoped<Restore>()
        .AddPurge(provider => new(
            "redemptions", $"finished_at < now() - $1 and status = '{RedemptionStatus.Restored}'", provider.GetRequiredService<IOptions<RedemptionOptions>>().Value.Retention));
}
