using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenTelemetry.Instrumentation.Http;

namespace OpenTelemetry.Trace;

public static class HttpClientInstrumentationTracerProviderBuilderExtensions
{
    public static TracerProviderBuilder AddHttpClientInstrumentation(this TracerProviderBuilder builder) =>
        builder.AddHttpClientInstrumentation(name: null, configureHttpClientTraceInstrumentationOptions: null);

    public static TracerProviderBuilder AddHttpClientInstrumentation(
        this TracerProviderBuilder builder, Action<HttpClientTraceInstrumentationOptions>? configureHttpClientTraceInstrumentationOptions) =>
        builder.AddHttpClientInstrumentation(name: null, configureHttpClientTraceInstrumentationOptions);

    public static TracerProviderBuilder AddHttpClientInstrumentation(
        this TracerProviderBuilder builder,
        string? name,
        Action<HttpClientTraceInstrumentationOptions>? configureHttpClientTraceInstrumentationOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        name ??= Options.DefaultName;

        builder.ConfigureServices(services =>
        {
            services.Configure(name, configureHttpClientTraceInstrumentationOptions ?? (_ => { }));
            services.TryAddSingleton<Instances>();
        });
        return builder
            .AddSource("System.Net.Http")
            .AddInstrumentation(services => services.GetRequiredService<Instances>().Get(name));
    }

    /// <summary>One subscription for a name, however often it is added.</summary>
    private sealed class Instances(IOptionsMonitor<HttpClientTraceInstrumentationOptions> options) : IDisposable
    {
        private readonly ConcurrentDictionary<string, Lazy<HttpClientSpans>> _byName = new();

        public HttpClientSpans Get(string name) =>
            _byName.GetOrAdd(name, n => new Lazy<HttpClientSpans>(() => new HttpClientSpans(options.Get(n)))).Value;

        public void Dispose()
        {
            foreach (var instance in _byName.Values)
            {
                instance.Value.Dispose();
            }
        }
    }
}
