using Shop.Console.Layout;
using Shop.Design.Gateway;
using Shop.Design.Sessions;

namespace Shop.Console.Orders;

/// <summary>The API's orders of all members, newest first.</summary>
internal sealed class OrderCalls(GatewayClient gateway)
{
    private const string Path = "/api/v1/ops/orders";
    private const int MostPages = 10;

    public Task<PageOf<Order>> ListAsync(string? status, string? memberId, string? pageToken, CancellationToken cancel) =>
        gateway.GetMineAsync<PageOf<Order>>(ListAddress.Of(Path, ("status", status), ("memberId", memberId), ("pageToken", pageToken)), cancel);

    /// <summary>The API has no call for one order of any member: it is looked for among the newest 1,000, of its member if that is known. Their ids grow with time.</summary>
    /// <returns>Null: it does not exist, or it is older than those.</returns>
    public async Task<Order?> FindAsync(Guid id, string? memberId, CancellationToken cancel)
    {
        var (wanted, token) = ($"{id}", (string?)null);
        for (var page = 0; page < MostPages; page++)
        {
            var list = await gateway.GetMineAsync<PageOf<Order>>(ListAddress.Of(Path, ("memberId", memberId), ("pageSize", "100"), ("pageToken", token)), cancel);
            if (list.Items.FirstOrDefault(order => order.OrderId == wanted) is { } found)
                return found;
            if (list.NextPageToken is null || list.Items is [.., var last] && string.CompareOrdinal(last.OrderId, wanted) < 0)
                return null;

            token = list.NextPageToken;
        }

        return null;
    }
}
