using OpenTelemetry.Instrumentation.Runtime;

namespace OpenTelemetry.Metrics;

public static class MeterProviderBuilderExtensions
{
    public static MeterProviderBuilder AddRuntimeInstrumentation(this MeterProviderBuilder builder) =>
        builder.AddRuntimeInstrumentation(configure: null);

    public static MeterProviderBuilder AddRuntimeInstrumentation(this MeterProviderBuilder builder, Action<RuntimeInstrumentationOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        configure?.Invoke(new RuntimeInstrumentationOptions());

        // Since .NET 9 the runtime measures itself.
        return builder.AddMeter("System.Runtime");
    }
}
