using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>The resource sends its telemetry to the dashboard.</summary>
    public class OtlpExporterAnnotation : IResourceAnnotation;
}

namespace Aspire.Hosting
{
    public static class OtlpConfigurationExtensions
    {
        /// <summary>The names of the orchestrator's annotations that its templates read.</summary>
        internal const string ServiceNameAnnotation = "otel-service-name";
        internal const string InstanceIdAnnotation = "otel-service-instance-id";

        public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder) where T : IResourceWithEnvironment
        {
            ArgumentNullException.ThrowIfNull(builder);
            AddOtlpEnvironment(builder.Resource, builder.ApplicationBuilder.Configuration, builder.ApplicationBuilder.Environment);
            return builder;
        }

        public static void AddOtlpEnvironment(IResource resource, IConfiguration configuration, IHostEnvironment environment)
        {
            ArgumentNullException.ThrowIfNull(resource);
            resource.Annotations.Add(new OtlpExporterAnnotation());
            resource.Annotations.Add(new EnvironmentCallbackAnnotation(context => Set(context, configuration, environment)));
        }

        private static void Set(EnvironmentCallbackContext context, IConfiguration configuration, IHostEnvironment environment)
        {
            var variables = context.EnvironmentVariables;
            var (endpoint, protocol) = DashboardEndpoints.OtlpFor(context.ExecutionContext.ServiceProvider, configuration);
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol;
            variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={Template(InstanceIdAnnotation)}";
            variables["OTEL_SERVICE_NAME"] = Template(ServiceNameAnnotation);
            if (configuration["AppHost:OtlpApiKey"] is { } key)
                variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
            if (!environment.IsDevelopment())
                return;

            // The developer looks on: every trace, and soon.
            foreach (var delay in (string[])["OTEL_BLRP_SCHEDULE_DELAY", "OTEL_BSP_SCHEDULE_DELAY", "OTEL_METRIC_EXPORT_INTERVAL"])
                variables[delay] = "1000";
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        }

        private static string Template(string annotation) => $$$"""{{- index .Annotations "{{{annotation}}}" -}}""";
    }
}
