using Shop.Design.Gateway;

namespace Shop.Design.Sessions;

/// <summary>Calls of the gateway's API for the reader of the page: as nobody in particular, or as the member who is signed in.</summary>
internal sealed class GatewayClient(GatewayHttp http, MemberTokens tokens)
{
    /// <summary>What anyone may read.</summary>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await http.AskAsync<T>(request, null, cancel);
    }

    /// <exception cref="SignedOutException">Nobody is signed in, or not any more.</exception>
    public Task<T> GetMineAsync<T>(string path, CancellationToken cancel) => AskAsync<T>(() => new(HttpMethod.Get, path), cancel);

    /// <param name="idempotencyKey">Made with the form, so that the same form does the same thing once.</param>
    /// <exception cref="SignedOutException">Nobody is signed in, or not any more.</exception>
    public Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancel, string? idempotencyKey = null) => AskAsync<T>(() =>
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : GatewayHttp.Body(body) };
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        return request;
    }, cancel);

    public async Task<HttpResponseMessage> OpenMineAsync(HttpRequestMessage request, CancellationToken cancel) =>
        await http.OpenAsync(request, await tokens.GetAsync(cancel), cancel);

    private async Task<T> AskAsync<T>(Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        var token = await tokens.GetAsync(cancel);
        try
        {
            using var first = request();
            return await http.AskAsync<T>(first, token, cancel);
        }
        catch (ApiException failure) when (failure.Status == 401)
        {
            // Refused before its time: clocks differ, or a signing key was withdrawn. Another one, once.
            using var again = request();
            return await http.AskAsync<T>(again, await tokens.RenewAsync(token, cancel), cancel);
        }
    }
}
