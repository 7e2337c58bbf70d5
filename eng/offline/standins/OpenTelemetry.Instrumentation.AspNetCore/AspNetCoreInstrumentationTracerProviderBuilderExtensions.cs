using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenTelemetry.Instrumentation.AspNetCore;

namespace OpenTelemetry.Trace;

public static class AspNetCoreInstrumentationTracerProviderBuilderExtensions
{
    public static TracerProviderBuilder AddAspNetCoreInstrumentation(this TracerProviderBuilder builder) =>
        builder.AddAspNetCoreInstrumentation(name: null, configureAspNetCoreTraceInstrumentationOptions: null);

    public static TracerProviderBuilder AddAspNetCoreInstrumentation(
        this TracerProviderBuilder builder, Action<AspNetCoreTraceInstrumentationOptions>? configureAspNetCoreTraceInstrumentationOptions) =>
        builder.AddAspNetCoreInstrumentation(name: null, configureAspNetCoreTraceInstrumentationOptions);

    public static TracerProviderBuilder AddAspNetCoreInstrumentation(
        this TracerProviderBuilder builder,
        string? name,
        Action<AspNetCoreTraceInstrumentationOptions>? configureAspNetCoreTraceInstrumentationOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        name ??= Options.DefaultName;

        builder.ConfigureServices(services =>
        {
            services.Configure(name, configureAspNetCoreTraceInstrumentationOptions ?? (_ => { }));
            services.TryAddSingleton<Instances>();
        });
        if (builder is IDeferredTracerProviderBuilder deferred)
        {
            deferred.Configure((services, tracing) =>
                AddSources(tracing, services.GetRequiredService<IOptionsMonitor<AspNetCoreTraceInstrumentationOptions>>().Get(name)));
        }

        return builder.AddInstrumentation(services => services.GetRequiredService<Instances>().Get(name));
    }

    private static void AddSources(TracerProviderBuilder tracing, AspNetCoreTraceInstrumentationOptions options)
    {
        tracing.AddSource("Microsoft.AspNetCore");
        if (options.EnableAspNetCoreSignalRSupport)
        {
            tracing.AddSource("Microsoft.AspNetCore.SignalR.Server");
        }

        if (options.EnableRazorComponentsSupport)
        {
            tracing.AddSource("Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Server.Circuits");
        }
    }

    /// <summary>One subscription for a name, however often it is added.</summary>
    private sealed class Instances(IOptionsMonitor<AspNetCoreTraceInstrumentationOptions> options) : IDisposable
    {
        private readonly ConcurrentDictionary<string, Lazy<ServerSpans>> _byName = new();

        public ServerSpans Get(string name) =>
            _byName.GetOrAdd(name, n => new Lazy<ServerSpans>(() => new ServerSpans(options.Get(n)))).Value;

        public void Dispose()
        {
            foreach (var instance in _byName.Values)
            {
                instance.Value.Dispose();
            }
        }
    }
}
