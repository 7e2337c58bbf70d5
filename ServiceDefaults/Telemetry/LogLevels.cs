namespace Shop.ServiceDefaults.Telemetry;

/// <summary>What is worth a line. Below every other source of configuration, so that each of them can say otherwise.</summary>
internal static class LogLevels
{
    public static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        // A line for every request, query and call: traces and metrics tell it better.
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
        ["Logging:LogLevel:Microsoft.Extensions.Http"] = "Warning",
        ["Logging:LogLevel:Grpc"] = "Warning",
        ["Logging:LogLevel:Polly"] = "Warning",
        // Each failed check on each probe would be an error with a stack; the probe's answer and the resource's state say it.
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "Critical",
    };
}
