using Shop.Console.Layout;
using Shop.Design.Gateway;
using Shop.Design.Sessions;

namespace Shop.Console.Sagas;

/// <summary>The API's sagas.</summary>
internal sealed class SagaCalls(GatewayClient gateway)
{
    private const string Path = "/api/v1/ops/sagas";

    public Task<PageOf<Saga>> ListAsync(string? state, string? orderId, string? pageToken, CancellationToken cancel) =>
        gateway.GetMineAsync<PageOf<Saga>>(ListAddress.Of(Path, ("state", state), ("orderId", orderId), ("pageToken", pageToken)), cancel);

    public Task<Saga> GetAsync(Guid id, CancellationToken cancel) => gateway.GetMineAsync<Saga>($"{Path}/{id}", cancel);

    /// <summary>An order has a checkout, and for each attempt to cancel it a refund: they fit into one page.</summary>
    /// <returns>Newest first; null: Ordering does not answer.</returns>
    public async Task<IReadOnlyList<Saga>?> FindOfOrderAsync(Guid order, CancellationToken cancel)
    {
        try
        {
            return (await ListAsync(null, $"{order}", null, cancel)).Items;
        }
        catch (ApiException failure) when (failure.IsUnavailable)
        {
            return null;
        }
    }
}
