using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>The model, brought to life.</summary>
public partial class DistributedApplication(IHost host) : IHost, IAsyncDisposable
{
    public IServiceProvider Services => host.Services;

    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return new DistributedApplicationBuilder(args);
    }

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new DistributedApplicationBuilder(options);

    public void Run()
    {
        try
        {
            RunAsync().GetAwaiter().GetResult();
        }
        catch (DistributedApplicationException e) when (BuilderHooks.Current is null)
        {
            // Something the author of the AppHost can mend: the sentence says it, a second stack trace would only hide it.
            Console.Error.WriteLine(e.Message);
            Environment.ExitCode = 1;
        }
    }

    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await PrepareAsync(cancellationToken).ConfigureAwait(false);
        await host.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await PrepareAsync(cancellationToken).ConfigureAwait(false);
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public virtual Task StopAsync(CancellationToken cancellationToken = default) => host.StopAsync(cancellationToken);

    Task IHost.StartAsync(CancellationToken cancellationToken) => StartAsync(cancellationToken);

    Task IHost.StopAsync(CancellationToken cancellationToken) => StopAsync(cancellationToken);

    public virtual void Dispose()
    {
        host.Dispose();
        GC.SuppressFinalize(this);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (host is IAsyncDisposable disposable)
            await disposable.DisposeAsync().ConfigureAwait(false);
        else
            host.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Everybody who wants to change the model has his turn; then it is fixed.</summary>
    private async Task PrepareAsync(CancellationToken cancel)
    {
        var context = Services.GetRequiredService<DistributedApplicationExecutionContext>();
        if (context.IsPublishMode)
            Publishing.ManifestPublishingContext.NotSupported();

        var eventing = Services.GetRequiredService<IDistributedApplicationEventing>();
        var logger = Services.GetRequiredService<ILogger<DistributedApplication>>();
        if (eventing is DistributedApplicationEventing own)
            own.OnUnobserved = failure => HandlerFailed(logger, failure);
        foreach (var subscriber in Services.GetServices<IDistributedApplicationEventingSubscriber>())
            await subscriber.SubscribeAsync(eventing, context, cancel).ConfigureAwait(false);

        var model = Services.GetRequiredService<DistributedApplicationModel>();
        foreach (var resource in model.Resources)
            resource.EnsureInstances();
        await eventing.PublishAsync(new BeforeStartEvent(Services, model), cancel).ConfigureAwait(false);
        foreach (var resource in model.Resources)
        {
            resource.EnsureInstances();
            LifecycleCommands.AddTo(resource);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The handler of an event failed.")]
    private static partial void HandlerFailed(ILogger logger, Exception exception);
}
