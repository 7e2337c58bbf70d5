using Shop.Design.Pages;

namespace Shop.Storefront.Coupons;

internal static class CouponEndpoints
{
    public static void MapCoupons(this IEndpointRouteBuilder app) => app.MapPage("/coupons", async (string? pageToken, CouponCalls coupons, CancellationToken cancel) =>
        View.Of<CouponsPage>(await coupons.ListAsync(pageToken, cancel)));
}
