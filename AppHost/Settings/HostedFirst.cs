using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Shop.AppHost.Settings;

internal static class HostedFirst
{
    /// <summary>
    /// Adds a service that starts before the orchestrator's own, which returns only when every resource has started. Such a service must end with
    /// <see cref="IHostApplicationLifetime.ApplicationStopping"/>: it is stopped last.
    /// </summary>
    public static void AddHostedFirst<TService>(this IServiceCollection services) where TService : class, IHostedService
    {
        services.TryAddSingleton<TService>();
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(provider => provider.GetRequiredService<TService>()));
    }
}
