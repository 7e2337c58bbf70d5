namespace Shop.AppHost.Services;

/// <summary>Secrets are Aspire parameters: given as <c>Parameters:name</c>, else generated once and kept in the user secrets, never in a file of the repository.</summary>
internal static class Secrets
{
    // Letters and digits: a password also travels in connection strings and on command lines.
    private static GenerateParameterDefault Password => new() { MinLength = 24, Special = false };

    public static IResourceBuilder<ParameterResource> AddPassword(this IDistributedApplicationBuilder builder, string name) =>
        builder.Once(name, () => builder.AddParameter(name, Password, secret: true, persist: true));

    public static IResourceBuilder<ParameterResource> AddKey(this IDistributedApplicationBuilder builder, string name) =>
        builder.Once(name, () => builder.AddParameter(name, new GeneratedKey(), secret: true, persist: true));

    private static IResourceBuilder<ParameterResource> Once(this IDistributedApplicationBuilder builder, string name, Func<IResourceBuilder<ParameterResource>> add) =>
        builder.Resources.OfType<ParameterResource>().SingleOrDefault(parameter => parameter.Name == name) is { } known
            ? builder.CreateResourceBuilder(known)
            : add();
}
