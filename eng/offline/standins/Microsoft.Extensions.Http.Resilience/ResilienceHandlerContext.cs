using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Polly.Registry;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>What the code that configures a pipeline may want to know and do.</summary>
public sealed class ResilienceHandlerContext
{
    private readonly ConfigureBuilderContext<PipelineKey> _context;

    internal ResilienceHandlerContext(ConfigureBuilderContext<PipelineKey> context, IServiceProvider services) =>
        (_context, ServiceProvider) = (context, services);

    public IServiceProvider ServiceProvider { get; }

    public string BuilderName => _context.PipelineKey.Name;

    public string InstanceName => _context.PipelineKey.Instance;

    /// <summary>Builds the pipeline anew when these options change.</summary>
    public void EnableReloads<TOptions>(string? name = null)
    {
        var changed = new CancellationTokenSource();
        var registration = ServiceProvider.GetRequiredService<IOptionsMonitor<TOptions>>().OnChange((_, which) =>
        {
            if ((which ?? string.Empty) == (name ?? string.Empty))
            {
                changed.Cancel();
            }
        });
        _context.AddReloadToken(changed.Token);
        _context.OnPipelineDisposed(() =>
        {
            registration?.Dispose();
            changed.Dispose();
        });
    }

    public TOptions GetOptions<TOptions>(string? name = null) => ServiceProvider.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);

    public void OnPipelineDisposed(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _context.OnPipelineDisposed(callback);
    }
}
