using System.ComponentModel.DataAnnotations;
using Shop.Members.V1;

namespace Shop.Gateway.Members;

internal sealed record SignedUp(string MemberId);

/// <param name="ExpiresIn">Seconds until the access token expires.</param>
internal sealed record SessionView(string AccessToken, string RefreshToken, int ExpiresIn)
{
    public static SessionView Of(Tokens tokens) => new(tokens.AccessToken, tokens.RefreshToken, tokens.ExpiresIn);
}

internal sealed record ProfileView(string MemberId, string Email, string Name, [property: AllowedValues("ko", "en")] string Language);
