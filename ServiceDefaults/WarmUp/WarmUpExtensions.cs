using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.ServiceDefaults.Configuration;
using Shop.ServiceDefaults.WarmUp;

namespace Shop.ServiceDefaults.WarmUp;

/// <summary>Registration of warm-up steps.</summary>
public static class WarmUpExtensions
{
    /// <summary>
    /// Runs a step once before the service is ready: its typical work, by the same code as for callers, without lasting effects. Connections to upstreams are open by then.
    /// A transient failure is retried; after a timeout or another failure, which is logged, the service becomes ready without the step. Section <c>WarmUp</c>:
    /// <c>Enabled</c>, <c>Timeout</c> (20 s for each step), <c>Pause</c>.
    /// </summary>
    /// <param name="what">For the log, such as "a search".</param>
    /// <param name="run">Receives the services of a new scope; steps run concurrently.</param>
    public static void AddWarmUp(this IHostApplicationBuilder builder, string what, Func<IServiceProvider, CancellationToken, Task> run) =>
        builder.AddWarmUp(what, WarmUpStage.Work, run);

    /// <summary>The same for opening connections: runs before the service's own work.</summary>
    public static void AddWarmConnection(this IHostApplicationBuilder builder, string what, Func<IServiceProvider, CancellationToken, Task> run) =>
        builder.AddWarmUp(what, WarmUpStage.Connections, run);

    internal static void AddWarmUp(this IHostApplicationBuilder builder, string what, WarmUpStage stage, Func<IServiceProvider, CancellationToken, Task> run) =>
        builder.Services.AddSingleton(new WarmUpStep(what, stage, run));

    internal static void AddWarmUp(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<WarmUpOptions>(WarmUpOptions.Section);
        builder.Services.AddSingleton<WarmUpWorker>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WarmUpWorker>());
        builder.Services.AddHealthChecks().AddCheck<WarmUpWorker>("warm-up");
    }
}
