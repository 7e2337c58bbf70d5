namespace Shop.AppHost.Services;

internal static class PageTokenKey
{
    /// <summary>The key that page tokens are signed with: one for all, so that every replica takes what another has issued.</summary>
    public static IResourceBuilder<ProjectResource> SignsPageTokens(this IResourceBuilder<ProjectResource> service) =>
        service.WithEnvironment("PageTokens__Key", service.ApplicationBuilder.AddKey("page-tokens-key", "Signs page tokens, so that clients cannot change them."));
}
