using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dcp;

/// <summary>Where the orchestrator is and how it is used. The names of the settings are Aspire's own (<c>DcpPublisher:…</c>).</summary>
internal sealed record DcpOptions
{
    public required string CliPath { get; init; }

    public required string? DashboardPath { get; init; }

    /// <summary>Proxied endpoints get any free port, whatever the AppHost says: several runs side by side.</summary>
    public bool RandomizePorts { get; init; }

    /// <summary>The end of the AppHost waits for the end of the orchestrator, too.</summary>
    public bool WaitForResourceCleanup { get; init; }

    public string? DiagnosticsLogFolder { get; init; }

    public string? DiagnosticsLogLevel { get; init; }

    public static DcpOptions From(IConfiguration configuration, DistributedApplicationOptions application)
    {
        var settings = configuration.GetSection("DcpPublisher");
        var bundle = configuration["ASPIRE_BUNDLE"];
        var cli = settings["CliPath"]
            ?? In(configuration["ASPIRE_DCP_PATH"], "dcp")
            ?? In(bundle, "dcp", "dcp")
            ?? application.Metadata("dcpclipath");
        if (cli is null || !File.Exists(cli))
        {
            throw new DistributedApplicationException(
                $"The orchestrator (DCP) is not there{(cli is null ? "" : $" ({cli})")}: run eng/offline/kit build and source eng/offline/env.sh, or set DcpPublisher:CliPath.");
        }

        return new DcpOptions
        {
            CliPath = cli,
            DashboardPath = settings["DashboardPath"]
                ?? configuration["ASPIRE_DASHBOARD_PATH"]
                ?? In(bundle, "managed", "aspire-managed")
                ?? application.Metadata("aspiredashboardpath"),
            RandomizePorts = settings.GetValue("RandomizePorts", false),
            WaitForResourceCleanup = settings.GetValue("WaitForResourceCleanup", false),
            DiagnosticsLogFolder = settings["DiagnosticsLogFolder"],
            DiagnosticsLogLevel = settings["DiagnosticsLogLevel"],
        };
    }

    private static string? In(string? folder, params string[] path) => string.IsNullOrEmpty(folder) ? null : Path.Combine([folder, .. path]);
}
