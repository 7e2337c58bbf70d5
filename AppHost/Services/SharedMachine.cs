namespace Shop.AppHost.Services;

/// <summary>
/// A dozen processes share a developer's machine. What each would do on a server of its own is turned down here, by the runtime's and OpenTelemetry's own settings;
/// production decides for itself. What somebody has set in the environment stays.
/// </summary>
internal static class SharedMachine
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        // An idle worker thread would spin for a moment in case work comes: with more processes than cores, time taken from whoever has work.
        ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
        // Aspire asks for all figures every second, of every process, whether or not anything happens.
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "10000",
    };

    public static IResourceBuilder<ProjectResource> SharesTheMachine(this IResourceBuilder<ProjectResource> process)
    {
        foreach (var (name, value) in Settings)
            process.WithEnvironment(name, Environment.GetEnvironmentVariable(name) ?? value);
        return process;
    }
}
