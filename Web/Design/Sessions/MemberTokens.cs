using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Design.Gateway;

namespace Shop.Design.Sessions;

/// <summary>
/// The access token of the member who is signed in, renewed shortly before it expires. A refresh token works once and its second use ends the session everywhere, so of all
/// requests, in all replicas, one renews while the others wait for the row's lock and find the new token.
/// </summary>
internal sealed partial class MemberTokens(
    CurrentSession current, SessionStore store, TokenEncryption encryption, GatewayHttp http, IOptions<WebSessionOptions> options, TimeProvider clock, ILogger<MemberTokens> logger)
    : IDisposable
{
    // Calls of one page run at the same time, and share its connection to the database.
    private readonly SemaphoreSlim _one = new(1);
    private Tokens? _tokens;

    /// <param name="validFor">Null: as long as a call may take.</param>
    public async Task<string> GetAsync(CancellationToken cancel, TimeSpan? validFor = null)
    {
        var tokens = _tokens ??= Stored(current.Row) ?? throw new SignedOutException();
        return tokens.ExpiresAt - (validFor ?? options.Value.RenewBefore) > clock.GetUtcNow() ? tokens.AccessToken : await RenewAsync(tokens.AccessToken, cancel);
    }

    /// <summary>
    /// Before work in a transaction that calls the API: a token that was renewed in it would be lost if it were rolled back. Afterwards none has to be renewed for that time.
    /// </summary>
    /// <exception cref="SignedOutException">The session has ended.</exception>
    /// <exception cref="ApiException">Members is unavailable; the session stays.</exception>
    public Task RenewForAsync(TimeSpan work, CancellationToken cancel) => GetAsync(cancel, options.Value.RenewBefore + work);

    /// <param name="used">The token to replace; if another request has replaced it already, that one's is the answer.</param>
    /// <exception cref="SignedOutException">The session has ended.</exception>
    /// <exception cref="ApiException">Members is unavailable; the session stays.</exception>
    public async Task<string> RenewAsync(string used, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (_tokens is { } known && known.AccessToken != used)
                return known.AccessToken;

            var renewed = await RenewUnderLockAsync(current.Row ?? throw new SignedOutException(), used, cancel);
            _tokens = renewed ?? throw new SignedOutException();
            current.KeepCookie(options.Value.MemberLifetime);
            return renewed.AccessToken;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<Tokens?> RenewUnderLockAsync(Session session, string used, CancellationToken cancel)
    {
        Tokens? now = null;
        Renewal? renewal = null;
        await store.ChangeAsync(session.IdHash, async (row, token) =>
        {
            now = Stored(row);
            if (now is null || now.AccessToken != used)
                return;

            // When the transaction is repeated, the refresh token is used up already.
            if (renewal?.RefreshToken != now.RefreshToken)
                renewal = new(now.RefreshToken, await RefreshAsync(now.RefreshToken, token));
            now = renewal.Tokens;
            if (now is null)
            {
                // Refused: expired, or used by somebody else. What the session keeps besides stays.
                (row.MemberId, row.Name, row.Tokens) = (null, null, null);
                return;
            }

            row.Tokens = encryption.Encrypt(row.IdHash, now);
            row.ExpiresAt = clock.GetUtcNow() + options.Value.MemberLifetime;
        }, cancel);

        if (now is null)
            LogEnded(session.MemberId);
        return now;
    }

    private async Task<Tokens?> RefreshAsync(string refreshToken, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sessions/refresh") { Content = GatewayHttp.Body(new { refreshToken }) };
        try
        {
            return (await http.AskAsync<IssuedTokens>(request, null, cancel)).At(clock.GetUtcNow());
        }
        catch (ApiException failure) when (failure.Status is 400 or 401)
        {
            return null;
        }
    }

    private Tokens? Stored(Session? row) => row is { IsSignedIn: true } ? encryption.Decrypt(row.IdHash, row.Tokens!) : null;

    [LoggerMessage(LogLevel.Information, "The session of member {MemberId} has ended: its refresh token is not valid any more")]
    private partial void LogEnded(Guid? memberId);

    private sealed record Renewal(string RefreshToken, Tokens? Tokens);
}
