using Shop.Design.Gateway;
using Shop.Design.Sessions;

namespace Shop.Storefront.Baskets;

/// <summary>
/// The reader's basket: a member's is the API's, a guest's is in the session. What a guest has put in goes to the member's basket at the next use after the sign-in, with the
/// larger quantity per product: that can be repeated, unlike a sum. While the API's baskets are unavailable, the session keeps what is put in, and the same happens later.
/// </summary>
internal sealed class MemberBasket(GatewayClient gateway, CurrentSession session, GuestBasket guest, BasketLock oneAtATime, MemberTokens tokens)
{
    private const string Path = "/api/v1/basket";
    private static readonly TimeSpan LongestAddition = TimeSpan.FromMinutes(1);

    public async Task<BasketView> ShowAsync(CancellationToken cancel)
    {
        if (!session.IsSignedIn)
            return await guest.ShowAsync(cancel);

        try
        {
            await MergeAsync(cancel);
            return await gateway.GetMineAsync<BasketView>(Path, cancel);
        }
        catch (ApiException failure) when (failure.IsUnavailable)
        {
            return await guest.ShowAsync(cancel);
        }
    }

    public Task AddAsync(string productId, int quantity, CancellationToken cancel) => DoAsync(
        async () =>
        {
            await tokens.RenewForAsync(LongestAddition, cancel);
            await oneAtATime.RunAsync(session.Row!.MemberId!.Value, async () =>
            {
                var basket = await gateway.GetMineAsync<BasketView>(Path, cancel);
                var sum = (basket.Items.FirstOrDefault(line => line.ProductId == productId)?.Quantity ?? 0) + quantity;
                await PutAsync(productId, Math.Min(sum, GuestBasket.MaxQuantity), cancel);
            }, cancel);
        },
        () => guest.AddAsync(productId, quantity, cancel), cancel);

    public Task SetAsync(string productId, int quantity, CancellationToken cancel) =>
        DoAsync(() => PutAsync(productId, quantity, cancel), () => guest.SetAsync(productId, quantity, cancel), cancel);

    public Task RemoveAsync(string productId, CancellationToken cancel) => DoAsync(
        () => gateway.SendAsync<BasketView>(HttpMethod.Delete, $"{Path}/items/{productId}", null, cancel),
        () => guest.RemoveAsync([(productId, null)], cancel), cancel);

    /// <returns>How many products did not fit: not sold any more, or the member's basket is full.</returns>
    /// <exception cref="ApiException">The API's baskets are unavailable; what was not merged stays in the session.</exception>
    public async Task<int> MergeAsync(CancellationToken cancel)
    {
        var lines = guest.Lines;
        if (lines.Count == 0)
            return 0;

        var left = 0;
        var quantities = (await gateway.GetMineAsync<BasketView>(Path, cancel)).Items.ToDictionary(line => line.ProductId, line => line.Quantity);
        foreach (var line in lines.Where(line => line.Quantity > quantities.GetValueOrDefault(line.ProductId)))
        {
            try
            {
                await PutAsync(line.ProductId, line.Quantity, cancel);
            }
            catch (ApiException failure) when (failure.Status is 404 or 422 && !failure.IsUnavailable)
            {
                left++;
            }
        }

        await guest.RemoveAsync([.. lines.Select(line => (line.ProductId, (int?)line.Quantity))], cancel);
        return left;
    }

    private async Task DoAsync(Func<Task> ofMember, Func<Task> ofGuest, CancellationToken cancel)
    {
        if (!session.IsSignedIn)
        {
            await ofGuest();
            return;
        }

        try
        {
            await MergeAsync(cancel);
            await ofMember();
        }
        catch (ApiException failure) when (failure.IsUnavailable)
        {
            await ofGuest();
        }
    }

    private Task<BasketView> PutAsync(string productId, int quantity, CancellationToken cancel) =>
        gateway.SendAsync<BasketView>(HttpMethod.Put, $"{Path}/items/{productId}", new { quantity }, cancel);
}
