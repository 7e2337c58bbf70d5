using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Members.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Members.Sessions;

/// <summary>
/// Exchanges a refresh token for new tokens, once. A token that is used twice may have been stolen, so its session ends. A token that was never issued
/// is refused and ends no session.
/// </summary>
internal sealed partial class Refresh(MembersDb db, RefreshTokens refreshTokens, MemberTokens tokens, IOptions<RefreshOptions> options, TimeProvider clock, ILogger<Refresh> logger)
{
    public async Task<RefreshResponse> HandleAsync(RefreshRequest request, CancellationToken cancel)
    {
        var check = new Check();
        var given = check.Line("refreshToken", request.RefreshToken, 1, 200);
        check.ThrowIfAny();

        var token = refreshTokens.Parse(given) ?? throw Invalid();

        var now = clock.GetUtcNow();
        var session = await (
            from s in db.Sessions
            join account in db.Accounts on s.MemberId equals account.Id
            where s.Id == token.SessionId && s.ExpiresAt > now
            select new { s.MemberId, account.Role }).SingleOrDefaultAsync(cancel) ?? throw Invalid();

        var next = refreshTokens.New(token.SessionId);
        if (await RotateAsync(token, next, now + options.Value.RefreshTokenLifetime, cancel))
            return new() { Tokens = tokens.Of(session.MemberId, session.Role, next) };

        // After the rotation failed: the newest token is valid whatever its proof, since its hash is stored.
        if (token.WasIssued && await db.Sessions.Where(s => s.Id == token.SessionId).ExecuteDeleteAsync(cancel) == 1)
            LogReused(session.MemberId, token.SessionId);
        throw Invalid();
    }

    /// <summary>
    /// One conditional update: of two concurrent uses the second waits for the row lock and then finds another hash. So reuse is detected at any interval.
    /// </summary>
    private async Task<bool> RotateAsync(RefreshToken token, RefreshToken next, DateTimeOffset expires, CancellationToken cancel)
    {
        var (hash, nextHash) = (token.Hash, next.Hash);
        return await db.Sessions
            .Where(s => s.Id == token.SessionId && s.TokenHash == hash)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.TokenHash, nextHash).SetProperty(s => s.ExpiresAt, expires), cancel) == 1;
    }

    private static UnauthenticatedException Invalid() => new("The refresh token is not valid (any more).", "invalid_refresh_token");

    [LoggerMessage(LogLevel.Warning, "A refresh token of member {MemberId} was used twice: session {SessionId} is ended")]
    private partial void LogReused(Guid memberId, Guid sessionId);
}
