namespace Shop.AppHost.Services;

/// <summary>The issuer of tokens (Members), and the clients with their secrets.</summary>
internal sealed class TokenAuthority(IDistributedApplicationBuilder builder)
{
    internal Dictionary<string, IResourceBuilder<ParameterResource>> Clients { get; } = [];

    internal IResourceBuilder<ParameterResource> Issuer { get; } = builder
        .AddParameter("token-issuer", "https://shop.local", publishValueAsDefault: true)
        .WithDescription("The issuer of tokens: the address of the shop.");

    internal IResourceBuilder<ProjectResource>? Members { get; set; }

    internal IResourceBuilder<ParameterResource> OperatorEmail { get; } = builder
        .AddParameter("operator-email", "operator@shop.local", publishValueAsDefault: true)
        .WithDescription("The account that Members creates at its first start, with the role *operator*.", enableMarkdown: true);

    internal IResourceBuilder<ParameterResource> OperatorPassword { get; } = builder.AddPassword("operator-password", "Password of the operator's account.");
}

internal static class TokenAuthorityExtensions
{
    public static TokenAuthority AddTokenAuthority(this IDistributedApplicationBuilder builder) => new(builder);

    /// <summary>This service signs all tokens: it has the secrets of all clients and stores its signing keys encrypted.</summary>
    public static IResourceBuilder<ProjectResource> Issues(this IResourceBuilder<ProjectResource> service, TokenAuthority tokens)
    {
        tokens.Members = service;
        return service
            .IsClientOf(tokens)
            .WithEnvironment("SigningKeys__EncryptionKey", service.ApplicationBuilder.AddKey("signing-keys-key", "Encrypts the keys that sign tokens, in the database of Members. Without it those keys cannot be used."))
            .WithEnvironment("Operator__Email", tokens.OperatorEmail)
            .WithEnvironment("Operator__Password", tokens.OperatorPassword)
            .WithEnvironment(context =>
            {
                foreach (var (client, secret) in tokens.Clients)
                    context.EnvironmentVariables[$"Tokens__Clients__{client}"] = secret.Resource;
            });
    }

    /// <summary>This service checks its callers' tokens with the issuer's public keys, and has a client secret to request its own tokens.</summary>
    public static IResourceBuilder<ProjectResource> Trusts(this IResourceBuilder<ProjectResource> service, TokenAuthority tokens) =>
        service.IsClientOf(tokens).Calls(tokens.Members ?? throw new InvalidOperationException("A service must issue tokens before another can trust them."));

    private static IResourceBuilder<ProjectResource> IsClientOf(this IResourceBuilder<ProjectResource> service, TokenAuthority tokens)
    {
        var name = service.Resource.Name;
        var secret = tokens.Clients[name] = service.ApplicationBuilder.AddPassword($"{name}-client-secret", $"Client secret with which the service `{name}` requests its tokens.");
        return service
            .WithEnvironment("Tokens__Issuer", tokens.Issuer)
            .WithEnvironment("Tokens__ClientId", name)
            .WithEnvironment("Tokens__ClientSecret", secret);
    }
}
