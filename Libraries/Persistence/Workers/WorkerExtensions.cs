using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Shop.Persistence.Workers;

public static class WorkerExtensions
{
    /// <summary>Runs <typeparamref name="TWorker"/> with the host; it is a singleton, too.</summary>
    public static IServiceCollection AddWorker<TWorker>(this IServiceCollection services) where TWorker : class, IHostedService =>
        services.AddSingleton<TWorker>().AddHostedService(provider => provider.GetRequiredService<TWorker>());
}
