using Grpc.Core;
using Shop.Testing;

namespace Shop.Architecture.Tests.Access;

/// <summary>Everybody who may knock at a service's door, and what the door should say.</summary>
internal sealed class Callers(TokenAuthority tokens, string service)
{
    private static readonly string[] Services = [.. AccessTable.Rows.Select(row => row.Service).Append("gateway").Distinct()];

    /// <param name="Is">As the table calls them; null for nobody in particular.</param>
    public sealed record Caller(string Name, string? Token, params string[] Is);

    public IEnumerable<Caller> All() =>
    [
        new("nobody", null),
        new("a member", tokens.Member(), "accounts"),
        new("another member", tokens.Member(), "accounts"),
        new("an operator", tokens.Operator(), "accounts", "operators"),
        .. Services.Select(name => new Caller(name, tokens.Service(name, service), name)),
        // As good as none: a service's token is worth something at one service only.
        .. Services.Select(name => new Caller($"{name} with a token for another service", tokens.Service(name, service == "catalog" ? "inventory" : "catalog"))),
        new("somebody with tokens of an authority of their own", new TokenAuthority().Operator()),
        // Good at every service, but only members' and operators' tokens are for everybody: it makes nobody of its bearer.
        new("a service with a token for everybody", tokens.Service("ordering", "shop"), "nobody"),
    ];

    public static StatusCode Expected(AccessTable.Row row, Caller caller)
    {
        if (row.Admitted.Contains("anyone") || caller.Is.Any(row.Admitted.Contains))
            return StatusCode.OK;

        return caller.Is.Length == 0 ? StatusCode.Unauthenticated : StatusCode.PermissionDenied;
    }
}
