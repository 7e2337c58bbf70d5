using Shop.Design.Gateway;
using Shop.Design.Languages;

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

    /// <summary>What anyone may read, in that language instead of the page's.</summary>
    public async Task<T> GetInAsync<T>(Language language, string path, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { AcceptLanguage = { new(language.Code) } } };
        return await http.AskAsync<T>(request, null, cancel);
    }

    /// <exception cref="SignedOutException">Nobody is signed in, or not any more.</exception>
    public Task<Tagged<T>> GetTaggedAsync<T>(string path, CancellationToken cancel) =>
        AskAsync(() => new(HttpMethod.Get, path), (request, token) => http.AskTaggedAsync<T>(request, token, cancel), cancel);

    /// <param name="idempotencyKey">Made with the form, so that the same form does the same thing once.</param>
    /// <param name="ifMatch">The <c>ETag</c> of what is to be changed: if it has changed, a 412.</param>
    /// <exception cref="SignedOutException">Nobody is signed in, or not any more.</exception>
    public Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancel, string? idempotencyKey = null, string? ifMatch = null) => AskAsync<T>(() =>
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : GatewayHttp.Body(body) };
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return request;
    }, cancel);

    /// <param name="validFor">The token is valid for so long at least.</param>
    public async Task<HttpResponseMessage> OpenMineAsync(HttpRequestMessage request, CancellationToken cancel, TimeSpan? validFor = null) =>
        await http.OpenAsync(request, await tokens.GetAsync(cancel, validFor), cancel);

    private Task<T> AskAsync<T>(Func<HttpRequestMessage> request, CancellationToken cancel) => AskAsync(request, (made, token) => http.AskAsync<T>(made, token, cancel), cancel);

    private async Task<T> AskAsync<T>(Func<HttpRequestMessage> request, Func<HttpRequestMessage, string, Task<T>> ask, CancellationToken cancel)
    {
        var token = await tokens.GetAsync(cancel);
        try
        {
            using var first = request();
            return await ask(first, token);
        }
        catch (ApiException failure) when (failure.Status == 401)
        {
            // Refused before its time: clocks differ, or a signing key was withdrawn. Another one, once.
            using var again = request();
            return await ask(again, await tokens.RenewAsync(token, cancel));
        }
    }
}
