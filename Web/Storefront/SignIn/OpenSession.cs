using System.Text.Json;
using Shop.Design.Gateway;
using Shop.Design.Languages;
using Shop.Design.Sessions;
using Shop.Storefront.Baskets;

namespace Shop.Storefront.SignIn;

/// <summary>Signs in at Members, opens the session, and merges the guest's basket.</summary>
internal sealed class OpenSession(GatewayHttp http, CurrentSession session, MemberBasket basket)
{
    /// <returns>How many of the guest's products did not fit into the member's basket.</returns>
    public async Task<int> SignInAsync(string email, string password, CancellationToken cancel)
    {
        using var request = Post("/api/v1/sessions", new { email, password });
        var tokens = await http.AskForClientAsync<IssuedTokens>(request, cancel);
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        var member = await http.AskAsync<Member>(ask, tokens.AccessToken, cancel);
        await session.SignInAsync(member.MemberId, member.Name, tokens, cancel);
        return await MergeAsync(cancel);
    }

    public async Task<int> SignUpAsync(string email, string password, string name, Language language, CancellationToken cancel)
    {
        using var request = Post("/api/v1/members", new { email, password, name, language = language.Code });
        await http.AskForClientAsync<JsonElement>(request, cancel);
        return await SignInAsync(email, password, cancel);
    }

    private async Task<int> MergeAsync(CancellationToken cancel)
    {
        try
        {
            return await basket.MergeAsync(cancel);
        }
        catch (ApiException)
        {
            // The session keeps what was not merged, and the next use of the basket tries again.
            return 0;
        }
    }

    private static HttpRequestMessage Post(string path, object body) => new(HttpMethod.Post, path) { Content = GatewayHttp.Body(body) };

    private sealed record Member(Guid MemberId, string Name);
}
