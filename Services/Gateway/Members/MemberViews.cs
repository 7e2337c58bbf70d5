using System.ComponentModel.DataAnnotations;
using Shop.Members.V1;

namespace Shop.Gateway.Members;

public sealed record SignedUp(string MemberId);

/// <param name="ExpiresIn">Seconds until the access token expires.</param>
public sealed record SessionView(string AccessToken, string RefreshToken, int ExpiresIn)
{
    public static SessionView Of(Tokens tokens) => new(tokens.AccessToken, tokens.RefreshToken, tokens.ExpiresIn);
}

public sealed record ProfileView(string MemberId, string Email, string Name, [property: AllowedValues("ko", "en")] string Language);
