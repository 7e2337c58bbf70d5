using Microsoft.IdentityModel.JsonWebTokens;
using Shop.Design.Sessions;
using Shop.Design.SignIn;

namespace Shop.Console.SignIn;

/// <summary>Signs in, and opens a session for an operator only.</summary>
internal sealed partial class OperatorSignIn(SignInCalls signIn, CurrentSession session, ILogger<OperatorSignIn> logger)
{
    private static readonly JsonWebTokenHandler Tokens = new();

    /// <exception cref="NotOperatorException">A member. There is no session.</exception>
    public async Task HandleAsync(string email, string password, CancellationToken cancel)
    {
        var member = await signIn.SignInAsync(email, password, cancel);
        if (!IsOperator(member.Tokens.AccessToken))
        {
            LogRefused(member.Member);
            throw new NotOperatorException();
        }

        await session.SignInAsync(member.Member, member.Name, member.Tokens, cancel);
    }

    /// <summary>By the token that has just come from the gateway, which judges it again at each call.</summary>
    private static bool IsOperator(string accessToken) =>
        Tokens.CanReadToken(accessToken) && Tokens.ReadJsonWebToken(accessToken).TryGetPayloadValue<string>("role", out var role) && role == "operator";

    [LoggerMessage(LogLevel.Warning, "Member {MemberId} is no operator and was refused")]
    private partial void LogRefused(Guid memberId);
}
