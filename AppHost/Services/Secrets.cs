namespace Shop.AppHost.Services;

/// <summary>Secrets are Aspire parameters: given as <c>Parameters:name</c>, else generated once and kept in the user secrets, never in a file of the repository.</summary>
internal static class Secrets
{
    // Letters and digits: a password also travels in connection strings and on command lines.
    private static GenerateParameterDefault Password => new() { MinLength = 24, Special = false };

    /// <summary>Over 256 random bits as text. Whatever deploys the shop can generate it: the manifest knows no other keys than texts.</summary>
    private static GenerateParameterDefault Key => new() { MinLength = 44, Special = false };

    public static IResourceBuilder<ParameterResource> AddPassword(this IDistributedApplicationBuilder builder, string name, string description) =>
        builder.AddSecret(name, description, Password);

    public static IResourceBuilder<ParameterResource> AddKey(this IDistributedApplicationBuilder builder, string name, string description) =>
        builder.AddSecret(name, description, Key);

    private static IResourceBuilder<ParameterResource> AddSecret(this IDistributedApplicationBuilder builder, string name, string description, GenerateParameterDefault generate) =>
        builder.Resources.OfType<ParameterResource>().SingleOrDefault(parameter => parameter.Name == name) is { } existing
            ? builder.CreateResourceBuilder(existing)
            : builder.AddParameter(name, generate, secret: true, persist: true).WithDescription(description, enableMarkdown: true);
}
