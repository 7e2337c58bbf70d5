namespace Shop.Design.Sessions;

/// <summary>A member's tokens. They never leave the server.</summary>
internal sealed record Tokens(string AccessToken, string RefreshToken, DateTimeOffset ExpiresAt);

/// <summary>The API's answer to a sign-in or a refresh.</summary>
/// <param name="ExpiresIn">Seconds.</param>
internal sealed record IssuedTokens(string AccessToken, string RefreshToken, int ExpiresIn)
{
    public Tokens At(DateTimeOffset now) => new(AccessToken, RefreshToken, now.AddSeconds(ExpiresIn));
}
