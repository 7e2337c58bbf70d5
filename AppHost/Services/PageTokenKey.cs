namespace Shop.AppHost.Services;

internal static class PageTokenKey
{
    /// <summary>The key that signs page tokens, shared by all replicas: each accepts tokens of the others.</summary>
    public static IResourceBuilder<ProjectResource> SignsPageTokens(this IResourceBuilder<ProjectResource> service) =>
        service.WithEnvironment("PageTokens__Key", service.ApplicationBuilder.AddKey("page-tokens-key", "Signs page tokens, so that clients cannot change them."));
}
