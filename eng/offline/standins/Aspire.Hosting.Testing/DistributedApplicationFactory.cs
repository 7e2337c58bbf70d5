using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Testing;

/// <summary>Runs an AppHost for tests: its own entry point, with the settings of a test.</summary>
/// <param name="entryPoint">Any type of the AppHost's assembly, usually <c>Projects.Name_AppHost</c>.</param>
/// <param name="args">For the entry point.</param>
public class DistributedApplicationFactory(Type entryPoint, string[] args) : IDisposable, IAsyncDisposable
{
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _builder = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _application = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _disposing = new();
    private readonly Lock _lock = new();
    private Task? _main;
    private IHostApplicationLifetime? _lifetime;
    private TimeSpan _patience;

    public DistributedApplicationFactory(Type entryPoint) : this(entryPoint, [])
    {
    }

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        Begin();
        await _started.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public HttpClient CreateHttpClient(string resourceName, string? endpointName = null) => Started.CreateHttpClient(resourceName, endpointName);

    public ValueTask<string?> GetConnectionString(string resourceName) => Started.GetConnectionStringAsync(resourceName);

    public Uri GetEndpoint(string resourceName, string? endpointName = null) => Started.GetEndpoint(resourceName, endpointName);

    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the application and waits for its end.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_disposing.IsCancellationRequested)
            return;
        await _disposing.CancelAsync().ConfigureAwait(false);
        _builder.TrySetCanceled();
        if (_application.Task is not { IsCompletedSuccessfully: true } application)
        {
            _application.TrySetCanceled();
            _started.TrySetCanceled();
            return;
        }

        // If Main has ended by itself, its services are gone.
        if (!_main!.IsCompleted)
            _lifetime!.StopApplication();
        await _main.WaitAsync(_patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _started.TrySetCanceled();

        // Main has done this already, unless it is stuck.
        await application.Result.DisposeAsync().ConfigureAwait(false);
    }

    protected virtual void OnBuilderCreating(DistributedApplicationOptions applicationOptions, HostApplicationBuilderSettings hostOptions)
    {
    }

    protected virtual void OnBuilderCreated(DistributedApplicationBuilder applicationBuilder)
    {
    }

    /// <summary>May block: the AppHost's <c>Build()</c> goes on when it returns.</summary>
    protected virtual void OnBuilding(DistributedApplicationBuilder applicationBuilder)
    {
    }

    protected virtual void OnBuilt(DistributedApplication application)
    {
    }

    internal async Task<DistributedApplicationBuilder> ResolveBuilderAsync(CancellationToken cancel)
    {
        Begin();
        return await _builder.Task.WaitAsync(cancel).ConfigureAwait(false);
    }

    internal async Task<DistributedApplication> ResolveApplicationAsync(CancellationToken cancel)
    {
        Begin();
        return await _application.Task.WaitAsync(cancel).ConfigureAwait(false);
    }

    private DistributedApplication Started => _started.Task.IsCompletedSuccessfully
        ? _application.Task.Result
        : throw new InvalidOperationException("The application has not been initialized.");

    private void Begin()
    {
        ObjectDisposedException.ThrowIf(_disposing.IsCancellationRequested, this);
        lock (_lock)
        {
            if (_main is not null)
                return;
            _main = EntryPointThread.Start(entryPoint.Assembly, args, new BuilderHooks
            {
                Creating = (options, settings) => TestingConfiguration.Apply(options, settings, entryPoint.Assembly, args, OnBuilderCreating),
                Created = OnBuilderCreated,
                Building = builder =>
                {
                    _builder.TrySetResult(builder);
                    OnBuilding(builder);
                    if (_disposing.IsCancellationRequested)
                        throw new OperationCanceledException("The test has given the AppHost up.");
                },
                Built = Built,
            });
            _ = _main.ContinueWith(Ended, TaskScheduler.Default);
        }
    }

    private void Built(DistributedApplication application)
    {
        _lifetime = application.Services.GetRequiredService<IHostApplicationLifetime>();
        _lifetime.ApplicationStarted.Register(() => _started.TrySetResult());
        _patience = application.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout + TimeSpan.FromSeconds(10);
        _application.TrySetResult(application);
        OnBuilt(application);
    }

    /// <summary>Whoever still waits for something learns why it will not come.</summary>
    private void Ended(Task main)
    {
        var reason = main.Exception?.InnerException ?? new InvalidOperationException("The AppHost's entry point has ended.");
        _builder.TrySetException(reason);
        _application.TrySetException(reason);
        _started.TrySetException(reason);
    }
}
