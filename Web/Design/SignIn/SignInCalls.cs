using Shop.Design.Gateway;
using Shop.Design.Sessions;

namespace Shop.Design.SignIn;

/// <summary>Signing in at the API.</summary>
internal sealed class SignInCalls(GatewayHttp http)
{
    /// <exception cref="ApiException">400, 401: the address or the password is wrong; 429: too many attempts.</exception>
    public async Task<SignedIn> SignInAsync(string email, string password, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sessions") { Content = GatewayHttp.Body(new { email, password }) };
        var tokens = await http.AskForClientAsync<IssuedTokens>(request, cancel);
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        var member = await http.AskAsync<Member>(ask, tokens.AccessToken, cancel);
        return new(member.MemberId, member.Name, tokens);
    }

    private sealed record Member(Guid MemberId, string Name);
}

/// <summary>Who signed in, and the tokens for the session.</summary>
internal sealed record SignedIn(Guid Member, string Name, IssuedTokens Tokens);
