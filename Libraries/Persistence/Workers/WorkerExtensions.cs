using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Shop.Persistence.Workers;

/// <summary>Registration of workers.</summary>
public static class WorkerExtensions
{
    /// <summary>Registers <typeparamref name="TWorker"/> as a singleton that runs with the host.</summary>
    public static IServiceCollection AddWorker<TWorker>(this IServiceCollection services) where TWorker : class, IHostedService =>
        services.AddSingleton<TWorker>().AddHostedService(provider => provider.GetRequiredService<TWorker>());
}
