using System.Text.Json;
using Shop.Design.Gateway;
using Shop.Design.Languages;
using Shop.Design.Sessions;
using Shop.Design.SignIn;
using Shop.Storefront.Baskets;

namespace Shop.Storefront.SignIn;

/// <summary>Signs in at Members, opens the session, and merges the guest's basket.</summary>
internal sealed class OpenSession(SignInCalls signIn, GatewayHttp http, CurrentSession session, MemberBasket basket)
{
    /// <returns>How many of the guest's products did not fit into the member's basket.</returns>
    public async Task<int> SignInAsync(string email, string password, CancellationToken cancel)
    {
        var member = await signIn.SignInAsync(email, password, cancel);
        await session.SignInAsync(member.Member, member.Name, member.Tokens, cancel);
        return await MergeAsync(cancel);
    }

    /// <summary>A second click finds the first one's account: with its password it is this reader's, who is signed in.</summary>
    public async Task<int> SignUpAsync(string email, string password, string name, Language language, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/members") { Content = GatewayHttp.Body(new { email, password, name, language = language.Code }) };
        try
        {
            await http.AskForClientAsync<JsonElement>(request, cancel);
        }
        catch (ApiException failure) when (failure.Reason == "email_taken")
        {
            return await SignInOrThrowAsync(email, password, failure, cancel);
        }
        return await SignInAsync(email, password, cancel);
    }

    private async Task<int> SignInOrThrowAsync(string email, string password, ApiException taken, CancellationToken cancel)
    {
        try
        {
            return await SignInAsync(email, password, cancel);
        }
        catch (ApiException failure) when (failure.Status == 401)
        {
            throw taken;
        }
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
}
