using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.ServiceDefaults.WarmUp;

namespace Shop.ServiceDefaults;

public static class WarmUpExtensions
{
    /// <summary>
    /// Has the service do something once before it is ready: what it is there for, by the same code as for its callers, and without leaving anything behind.
    /// Connections to upstreams are there by then. What fails because something is away is tried again; what takes too long or fails otherwise is logged, and the service is
    /// ready without it. Section <c>WarmUp</c>: <c>Enabled</c>, <c>Timeout</c> (20 s a step), <c>Pause</c>.
    /// </summary>
    /// <param name="what">For the log: "a search".</param>
    /// <param name="run">Gets the services of a scope of its own.</param>
    public static void AddWarmUp(this IHostApplicationBuilder builder, string what, Func<IServiceProvider, CancellationToken, Task> run) =>
        builder.AddWarmUp(what, WarmUpStage.Work, run);

    /// <summary>The same for what the service is connected to: it comes before the service's own work.</summary>
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
