using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Registry;

namespace Microsoft.Extensions.Http.Resilience;

internal readonly record struct PipelineKey(string Name, string Instance);

/// <summary>The pipelines of all HTTP clients: each is built when first needed, and kept, since breakers and limiters have a memory.</summary>
internal sealed class Pipelines(IServiceProvider services, IOptionsMonitor<PipelineSelection> selections, ILoggerFactory loggers) : IDisposable
{
    private readonly ResiliencePipelineRegistry<PipelineKey> _registry = new(new ResiliencePipelineRegistryOptions<PipelineKey>
    {
        BuilderFactory = () => new ResiliencePipelineBuilder { TelemetryListener = new PipelineTelemetry(loggers.CreateLogger("Polly")) },
        BuilderNameFormatter = key => key.Name,
        InstanceNameFormatter = key => key.Instance,
    });

    public Func<HttpRequestMessage, ResiliencePipeline<HttpResponseMessage>> SelectorOf(
        string name, Action<ResiliencePipelineBuilder<HttpResponseMessage>, ResilienceHandlerContext> configure)
    {
        if (selections.Get(name).Selector is { } select)
        {
            return request => Get(new PipelineKey(name, select(request)), configure);
        }

        // Built at once: a mistake in its options shows when the client is made, not with a request.
        var shared = Get(new PipelineKey(name, string.Empty), configure);
        return _ => shared;
    }

    public void Dispose() => _registry.Dispose();

    private ResiliencePipeline<HttpResponseMessage> Get(
        PipelineKey key, Action<ResiliencePipelineBuilder<HttpResponseMessage>, ResilienceHandlerContext> configure) =>
        _registry.GetOrAddPipeline<HttpResponseMessage>(key, (builder, context) => configure(builder, new ResilienceHandlerContext(context, services)));
}
