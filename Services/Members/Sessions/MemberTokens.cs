using Shop.Members.Tokens;

namespace Shop.Members.Sessions;

/// <summary>The tokens of a signed-in member.</summary>
internal sealed class MemberTokens(TokenIssuer issuer)
{
    public V1.Tokens Of(Guid memberId, string role, RefreshToken refreshToken)
    {
        var access = issuer.Issue(memberId.ToString(), role, TokenIssuer.Shop);
        return new() { AccessToken = access.Value, ExpiresIn = access.ExpiresInSeconds, RefreshToken = refreshToken.Value };
    }
}
