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

namespace Shop.ServiceDefaults.Telemetry;

internal static class TelemetryExtensions
{
    private const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string GrpcServerKey = "OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_ENABLE_GRPC_INSTRUMENTATION";
    private const string SamplerKey = "OTEL_TRACES_SAMPLER";

    /// <summary>gRPC's own source. The instrumentation by itself would see its spans after the sampler, which could not tell calls from work.</summary>
    private const string GrpcClientSource = "Grpc.Net.Client";

    /// <summary>Counted with every request or statement, up and down again some of them, and told better by the durations beside them.</summary>
    private static readonly HashSet<string> ToldByOthers =
    [
        "http.server.active_requests", "http.client.active_requests", "http.client.request.time_in_queue",
        "aspnetcore.routing.match_attempts", "aspnetcore.authorization.attempts", "kestrel.queued_requests",
        "db.client.operation.npgsql.executing", "db.client.operation.npgsql.bytes_written", "db.client.operation.npgsql.bytes_read",
        "resilience.polly.pipeline.duration", "resilience.polly.strategy.attempt.duration",
    ];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        // With them a server span has its method when it is begun, which is when the sampler asks for it; the instrumentation alone comes later.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        builder.Configuration.AddInMemoryCollection(LogDefaults.Values.Where(level => builder.Configuration[level.Key] is null).ToArray());

        // The method as the span's name and the status as its own, as on the client's side. Experimental, so off by itself.
        builder.Configuration[GrpcServerKey] ??= "true";

        builder.Services.AddPollyTelemetry();
        builder.AddValidatedOptions<TracingOptions>(TracingOptions.Section);

        // What to listen to is said always, whether anybody does only by the environment: without a collector a call costs nothing.
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

        // A choice of the environment's wins.
        if (!hasOwnSampler)
            tracing.SetSampler(services => new ParentBasedSampler(new WorkSampler(services.GetRequiredService<IOptions<TracingOptions>>())));
    }

    /// <summary>"All" is no choice: it is the default, Aspire says it to every process, and all that somebody asked for is what is meant by it.</summary>
    private static bool HasOwnSampler(ConfigurationManager configuration) =>
        configuration[SamplerKey] is not (null or "" or "always_on" or "parentbased_always_on");

    private static void Listen(MeterProviderBuilder metrics) => metrics
        .AddAspNetCoreInstrumentation()
        .AddHttpClientInstrumentation()
        .AddRuntimeInstrumentation()
        .AddNpgsqlInstrumentation()
        .AddMeter("Shop.*", PollyTelemetry.MeterName, "Confluent.Kafka*", "OpenTelemetry.Instrumentation.ConfluentKafka", "Aspire.*")
        .AddView(instrument => ToldByOthers.Contains(instrument.Name) ? MetricStreamConfiguration.Drop : null);
}
