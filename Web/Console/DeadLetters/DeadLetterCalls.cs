using Shop.Console.Layout;
using Shop.Design.Gateway;
using Shop.Design.Sessions;

namespace Shop.Console.DeadLetters;

/// <summary>The API's dead letters, newest first.</summary>
internal sealed class DeadLetterCalls(GatewayClient gateway)
{
    private const string Path = "/api/v1/ops/dead-letters";

    public Task<DeadLetterList> ListAsync(string? pageToken, CancellationToken cancel) => gateway.GetMineAsync<DeadLetterList>(ListAddress.Of(Path, ("pageToken", pageToken)), cancel);

    /// <returns>Null: it is not there (any more).</returns>
    /// <exception cref="ApiException">It may be one of a service that is unavailable.</exception>
    public async Task<DeadLetterDetails?> FindAsync(Guid id, CancellationToken cancel)
    {
        try
        {
            return await gateway.GetMineAsync<DeadLetterDetails>($"{Path}/{id}", cancel);
        }
        catch (ApiException failure) when (failure is { Status: 404, IsUnavailable: false })
        {
            return null;
        }
    }
}
