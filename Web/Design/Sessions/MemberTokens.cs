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
    : IAsyncDisposable
{
    // Shorter than the 30 s after which the database ends the transaction around it, and with it the place for the new tokens.
    private static readonly TimeSpan LongestRefresh = TimeSpan.FromSeconds(20);

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
    /// Before work in a transaction that calls the API: a token that was renewed in it would be lost if it were rolled back. Afterwards none expires for that time, unless Members
    /// is unavailable now and the token is valid for a call.
    /// </summary>
    /// <exception cref="SignedOutException">The session has ended.</exception>
    /// <exception cref="ApiException">Members is unavailable, and the token has expired; the session stays.</exception>
    public async Task RenewForAsync(TimeSpan work, CancellationToken cancel)
    {
        try
        {
            await GetAsync(cancel, options.Value.RenewBefore + work);
        }
        catch (ApiException failure) when (failure.IsUnavailable)
        {
            await GetAsync(cancel);
        }
    }

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

            var renewed = await RenewUnderLockAsync(current.Row ?? throw new SignedOutException(), used);
            _tokens = renewed ?? throw new SignedOutException();
            current.KeepCookie(options.Value.MemberLifetime);
            return renewed.AccessToken;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>With the request. A renewal goes on when its request has ended early, so the end waits for it: it needs the request's database context.</summary>
    public async ValueTask DisposeAsync()
    {
        await _one.WaitAsync();
        _one.Dispose();
    }

    /// <summary>
    /// Not cancelled when the browser goes or the program begins to stop: a refresh token that was used and whose successor is not stored ends the session at its next use.
    /// Its call has a timeout, and the wait for the row's lock that of a statement.
    /// </summary>
    private async Task<Tokens?> RenewUnderLockAsync(Session session, string used)
    {
        Tokens? now = null;
        Renewal? renewal = null;
        await store.ChangeAsync(session.IdHash, async (row, _) =>
        {
            now = Stored(row);
            if (now is null || now.AccessToken != used)
                return;

            // When the transaction is repeated, the refresh token is used up already.
            if (renewal?.RefreshToken != now.RefreshToken)
                renewal = new(now.RefreshToken, await RefreshAsync(now.RefreshToken));
            now = renewal.Tokens;
            if (now is null)
            {
                // Refused: expired, or used by somebody else. What the session keeps besides stays.
                (row.MemberId, row.Name, row.Tokens) = (null, null, null);
                return;
            }

            row.Tokens = encryption.Encrypt(row.IdHash, now);
            row.ExpiresAt = clock.GetUtcNow() + options.Value.MemberLifetime;
        }, CancellationToken.None);

        if (now is null)
            LogEnded(session.MemberId);
        return now;
    }

    private async Task<Tokens?> RefreshAsync(string refreshToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sessions/refresh") { Content = GatewayHttp.Body(new { refreshToken }) };
        using var limit = new CancellationTokenSource(LongestRefresh, clock);
        try
        {
            return (await http.AskAsync<IssuedTokens>(request, null, limit.Token)).At(clock.GetUtcNow());
        }
        catch (OperationCanceledException failure)
        {
            throw ApiException.Unavailable(failure);
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
