using Shop.Console.Layout;
using Shop.Design.Gateway;
using Shop.Design.Sessions;

namespace Shop.Console.DeadLetters;

/// <summary>The API's dead letters, newest first.</summary>
internal sealed class DeadLetterCalls(GatewayClient gateway)
{
    private const string Path = "/api/v1/ops/dead-letters";
    private const int MostPages = 10;

    public Task<DeadLetterList> ListAsync(string? pageToken, CancellationToken cancel) => gateway.GetMineAsync<DeadLetterList>(ListAddress.Of(Path, ("pageToken", pageToken)), cancel);

    /// <summary>The API has no call for one: it is looked for among the newest 1,000, whose ids grow with time.</summary>
    /// <returns>Null: it is not there (any more), or it is older than those.</returns>
    /// <exception cref="ApiException">It may be one of a service that is unavailable.</exception>
    public async Task<DeadLetter?> FindAsync(Guid id, CancellationToken cancel)
    {
        var (wanted, token, isIncomplete) = ($"{id}", (string?)null, false);
        for (var page = 0; page < MostPages; page++)
        {
            var list = await gateway.GetMineAsync<DeadLetterList>(ListAddress.Of(Path, ("pageSize", "100"), ("pageToken", token)), cancel);
            if (list.Items.FirstOrDefault(letter => letter.Id == wanted) is { } found)
                return found;
            isIncomplete |= list.Unavailable is { Count: > 0 };
            if (list.NextPageToken is null || list.Items is [.., var last] && string.CompareOrdinal(last.Id, wanted) < 0)
                break;

            token = list.NextPageToken;
        }

        return isIncomplete ? throw ApiException.Unavailable() : null;
    }
}
