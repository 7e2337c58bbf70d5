namespace Shop.AppHost.Services;

/// <summary>Secrets are Aspire parameters: set as <c>Parameters:name</c>, otherwise generated once and stored in the user secrets, never in a file of the repository.</summary>
internal static class Secrets
{
    // Letters and digits only: passwords are also used in connection strings and on command lines.
    private static GenerateParameterDefault Password => new() { MinLength = 24, Special = false };

    /// <summary>More than 256 random bits, as text: the manifest supports only text secrets, so that deployments can generate it.</summary>
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
