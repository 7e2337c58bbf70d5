using Microsoft.Extensions.DependencyInjection;

namespace Shop.AppHost.Info;

internal static class InfoExtensions
{
    /// <summary>Keeps the document of <c>./shop info</c> up to date.</summary>
    public static void KeepInfo(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<ProjectResource> gateway,
        IResourceBuilder<ProjectResource> storefront,
        IResourceBuilder<ProjectResource> console,
        IResourceBuilder<ProjectResource> provider,
        TokenAuthority tokens,
        ShopPostgres postgres,
        IResourceBuilder<IResourceWithConnectionString> kafka)
    {
        if (!builder.ExecutionContext.IsRunMode)
            return;

        builder.ChooseDashboardPort();
        builder.Services.AddSingleton(InfoFile.Begin(ShopSettings.Of(builder).InfoFile));
        builder.Services.AddSingleton(new ShopMap(
            builder.Configuration,
            [.. builder.Resources.OfType<ProjectResource>().Where(project => !project.RunsToCompletion())],
            gateway.Resource,
            storefront.Resource,
            console.Resource,
            provider.Resource,
            tokens,
            postgres,
            kafka.Resource,
            [.. builder.Resources.OfType<IEmbeddedServer>()]));
        builder.Services.AddHostedFirst<InfoKeeper>();
    }
}
