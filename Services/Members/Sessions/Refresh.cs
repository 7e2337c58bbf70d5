using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Members.V1;
using Shop.ServiceDefaults;

namespace Shop.Members.Sessions;

/// <summary>
/// A refresh token for new tokens, once. A token that comes a second time has been stolen, by the one who came first or by the one who
/// comes now: its session ends for both.
/// </summary>
public sealed partial class Refresh(MembersDb db, MemberTokens tokens, IOptions<RefreshOptions> options, TimeProvider clock, ILogger<Refresh> log)
{
    public async Task<RefreshResponse> HandleAsync(RefreshRequest request, CancellationToken cancel)
    {
        var check = new Check();
        check.Line("refreshToken", request.RefreshToken, 1, 200);
        check.ThrowIfAny();

        var token = RefreshToken.Parse(request.RefreshToken) ?? throw Invalid();

        var found = await (
            from session in db.Sessions
            join account in db.Accounts on session.MemberId equals account.Id
            where session.Id == token.SessionId
            select new { session.TokenHash, session.ExpiresAt, session.MemberId, account.Role }).SingleOrDefaultAsync(cancel);

        var now = clock.GetUtcNow();
        if (found is null || found.ExpiresAt <= now)
            throw Invalid();

        var hash = token.Hash;
        if (!found.TokenHash.AsSpan().SequenceEqual(hash))
        {
            await db.Sessions.Where(s => s.Id == token.SessionId).ExecuteDeleteAsync(cancel);
            Reused(found.MemberId, token.SessionId);
            throw Invalid();
        }

        var next = RefreshToken.New(token.SessionId);
        var expires = now + options.Value.RefreshTokenLifetime;
        var rotated = await db.Sessions
            .Where(s => s.Id == token.SessionId && s.TokenHash == hash)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.TokenHash, next.Hash).SetProperty(s => s.ExpiresAt, expires), cancel);

        // It was the newest a moment ago: two tabs of one browser came at the same time. One of them wins, and nobody is a thief.
        return rotated == 1 ? new() { Tokens = tokens.Of(found.MemberId, found.Role, next) } : throw Invalid();
    }

    private static UnauthenticatedException Invalid() => new("The refresh token is not good (any more).", "invalid_refresh_token");

    [LoggerMessage(1, LogLevel.Warning, "A used refresh token of member {MemberId} came again: session {SessionId} is ended.")]
    private partial void Reused(Guid memberId, Guid sessionId);
}
