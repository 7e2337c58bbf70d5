using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Shop.ServiceDefaults.Configuration;

namespace Shop.ServiceDefaults.Telemetry;

internal static class TelemetryExtensions
{
    private const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string GrpcServerKey = "OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_ENABLE_GRPC_INSTRUMENTATION";
    private const string SamplerKey = "OTEL_TRACES_SAMPLER";

    /// <summary>The gRPC client's own source. With the instrumentation alone the sampler could not distinguish calls from work.</summary>
    private const string GrpcClientSource = "Grpc.Net.Client";

    /// <summary>Instruments that change with every request or statement; the duration histograms give the same information.</summary>
    private static readonly HashSet<string> ToldByOthers =
    [
        "http.server.active_requests", "http.client.active_requests", "http.client.request.time_in_queue",
        "aspnetcore.routing.match_attempts", "aspnetcore.authorization.attempts", "kestrel.queued_requests",
        "db.client.operation.npgsql.executing", "db.client.operation.npgsql.bytes_written", "db.client.operation.npgsql.bytes_read",
        "resilience.polly.pipeline.duration", "resilience.polly.strategy.attempt.duration",
    ];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        // Sets the HTTP method when a server span starts, as the sampler needs it; the instrumentation sets it later.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        builder.Configuration.AddInMemoryCollection(LogDefaults.Values.Where(level => builder.Configuration[level.Key] is null).ToArray());

        // gRPC method as the span's name, and its status, as on the client's side. Experimental, so off by default.
        builder.Configuration[GrpcServerKey] ??= "true";

        builder.Services.AddPollyTelemetry();
        builder.AddValidatedOptions<TracingOptions>(TracingOptions.Section);

        // The sources are always configured; the exporter only if the environment names a collector. Without one a call costs nothing.
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => Listen(tracing, HasOwnSampler(builder.Configuration)));
        builder.Services.ConfigureOpenTelemetryMeterProvider(Listen);
        if (string.IsNullOrWhiteSpace(builder.Configuration[EndpointKey]))
            return;

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder.Services.AddOpenTelemetry().WithTracing().WithMetrics().UseOtlpExporter();
    }

    private static void Listen(TracerProviderBuilder tracing, bool hasOwnSampler)
    {
        tracing
            .AddSource("Shop.*", GrpcClientSource, "Confluent.Kafka*", "OpenTelemetry.Instrumentation.ConfluentKafka", "Aspire.*")
            .AddAspNetCoreInstrumentation(server => server.Filter = context => !Probes.IsProbe(context.Request.Path))
            .AddHttpClientInstrumentation()
            .AddGrpcClientInstrumentation()
            .AddNpgsql()
            .AddProcessor<DatabaseSpans>();

        // The environment's sampler takes precedence.
        if (!hasOwnSampler)
            tracing.SetSampler(services => new ParentBasedSampler(new WorkSampler(services.GetRequiredService<IOptions<TracingOptions>>())));
    }

    /// <summary>"always_on" does not count: it is the default, and Aspire sets it for every process.</summary>
    private static bool HasOwnSampler(ConfigurationManager configuration) =>
        configuration[SamplerKey] is not (null or "" or "always_on" or "parentbased_always_on");

    private static void Listen(MeterProviderBuilder metrics) => metrics
        .AddAspNetCoreInstrumentation()
        .AddHttpClientInstrumentation()
        .AddRuntimeInstrumentation()
        .AddNpgsqlInstrumentation()
        .AddMeter("Shop.*", PollyTelemetryExtensions.MeterName, "Confluent.Kafka*", "OpenTelemetry.Instrumentation.ConfluentKafka", "Aspire.*")
        .AddView(instrument => ToldByOthers.Contains(instrument.Name) ? MetricStreamConfiguration.Drop : null);
}
