namespace Shop.AppHost.Services;

/// <summary>
/// A dozen processes share a developer's machine: settings of the runtime and of OpenTelemetry reduce their idle load. Not used in production. Values already set in the
/// environment are kept.
/// </summary>
internal static class SharedMachine
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        // Idle worker threads do not spin: with more processes than cores that takes time from busy ones.
        ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
        // Bytes, hexadecimal. The first generation's size begins at 4 MB instead of that of the processor's last cache: with 32 MB there, services grew by a quarter under load.
        ["DOTNET_GCgen0size"] = "400000",
        // Memory of native code (librdkafka, the compiler) is taken from two heaps (glibc) instead of eight for each core, whose free parts are rarely given back.
        ["MALLOC_ARENA_MAX"] = "2",
        // Milliseconds. Aspire would export all metrics of every process every second.
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "10000",
    };

    public static IResourceBuilder<ProjectResource> SharesTheMachine(this IResourceBuilder<ProjectResource> process)
    {
        foreach (var (name, value) in Settings)
            process.WithEnvironment(name, Environment.GetEnvironmentVariable(name) ?? value);
        return process;
    }
}
