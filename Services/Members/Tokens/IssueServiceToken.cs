using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Shop.Members.Accounts;
using Shop.Members.Tokens;
using Shop.Members.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Members.Tokens;

/// <summary>Client credentials: a service authenticates and gets a token for one audience, the service that it will call.</summary>
internal sealed class IssueServiceToken(TokenIssuer tokens, IOptions<IssuingOptions> options)
{
    public IssueServiceTokenResponse Handle(IssueServiceTokenRequest request)
    {
        var check = new Check();
        check.Line("clientId", request.ClientId, 1, 100);
        check.Line("clientSecret", request.ClientSecret, 1, 500);
        check.Line("audience", request.Audience, 1, 100);
        check.ThrowIfAny();

        var known = options.Value.Clients.TryGetValue(request.ClientId, out var secret);
        if (!Same(request.ClientSecret, secret ?? "") || !known)
            throw new UnauthenticatedException("The client id or its secret is wrong.", "invalid_client");

        if (!options.Value.Clients.ContainsKey(request.Audience))
            throw new InvalidException("audience", "is not a service of the shop");

        var token = tokens.Issue(request.ClientId, Roles.Service, request.Audience);
        return new() { AccessToken = token.Value, ExpiresIn = token.ExpiresInSeconds };
    }

    /// <summary>In constant time: the hashes have the same length.</summary>
    private static bool Same(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
