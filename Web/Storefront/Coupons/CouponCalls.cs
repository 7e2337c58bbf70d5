using Microsoft.AspNetCore.WebUtilities;
using Shop.Design.Gateway;
using Shop.Design.Sessions;

namespace Shop.Storefront.Coupons;

/// <summary>The API's coupons of the member.</summary>
internal sealed class CouponCalls(GatewayClient gateway)
{
    public Task<PageOf<Coupon>> ListAsync(string? pageToken, CancellationToken cancel) =>
        gateway.GetMineAsync<PageOf<Coupon>>(pageToken is null ? "/api/v1/coupons" : QueryHelpers.AddQueryString("/api/v1/coupons", "pageToken", pageToken), cancel);

    /// <summary>The newest ones; null: not available at the moment, and an order can be placed without one.</summary>
    public async Task<IReadOnlyList<Coupon>?> FindAsync(CancellationToken cancel)
    {
        try
        {
            return (await ListAsync(null, cancel)).Items;
        }
        catch (ApiException failure) when (failure.IsUnavailable)
        {
            return null;
        }
    }

    public Task<CouponQuote> QuoteAsync(string coupon, IEnumerable<object> items, CancellationToken cancel) =>
        gateway.SendAsync<CouponQuote>(HttpMethod.Post, $"/api/v1/coupons/{Uri.EscapeDataString(coupon)}/quote", new { items }, cancel);
}

/// <summary>What an order costs with a coupon.</summary>
internal sealed record CouponQuote(Money Subtotal, Money Discount, Money Total);
