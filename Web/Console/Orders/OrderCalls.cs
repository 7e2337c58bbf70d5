using Shop.Console.Layout;
using Shop.Design.Gateway;
using Shop.Design.Sessions;

namespace Shop.Console.Orders;

/// <summary>The API's orders of all members, newest first.</summary>
internal sealed class OrderCalls(GatewayClient gateway)
{
    private const string Path = "/api/v1/ops/orders";

    public Task<PageOf<Order>> ListAsync(string? status, string? memberId, string? pageToken, CancellationToken cancel) =>
        gateway.GetMineAsync<PageOf<Order>>(ListAddress.Of(Path, ("status", status), ("memberId", memberId), ("pageToken", pageToken)), cancel);

    /// <returns>Null: it does not exist, or the order history does not have it (yet).</returns>
    public async Task<Order?> FindAsync(Guid id, CancellationToken cancel)
    {
        try
        {
            return await gateway.GetMineAsync<Order>($"{Path}/{id}", cancel);
        }
        catch (ApiException failure) when (failure.Status == 404 && !failure.IsUnavailable)
        {
            return null;
        }
    }
}
