using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Dashboard;

/// <summary>The settings of the dashboard, by Aspire's names: usually set by the AppHost's launch profile.</summary>
internal sealed class DashboardOptions
{
    public DashboardOptions(IConfiguration configuration, DistributedApplicationOptions application, DcpOptions dcp, IHostEnvironment environment)
    {
        FrontendUrls = DashboardSecrets.Configured(configuration, "ASPNETCORE_URLS", "urls");
        OtlpGrpcUrl = DashboardSecrets.Configured(configuration, "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "DOTNET_DASHBOARD_OTLP_ENDPOINT_URL");
        OtlpHttpUrl = DashboardSecrets.Configured(configuration, "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", "DOTNET_DASHBOARD_OTLP_HTTP_ENDPOINT_URL");
        ResourceServiceUrl = DashboardSecrets.Configured(configuration, "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", "DOTNET_RESOURCE_SERVICE_ENDPOINT_URL");
        ApplicationName = configuration["AppHost:DashboardApplicationName"] ?? environment.ApplicationName;
        BrowserToken = configuration["AppHost:BrowserToken"];
        OtlpKey = configuration["AppHost:OtlpApiKey"];
        ResourceServiceKey = configuration["AppHost:ResourceService:ApiKey"];
        Unsecured = DashboardSecrets.IsUnsecured(configuration);
        Path = dcp.DashboardPath is { } path && File.Exists(path)
            ? path
            : throw new DistributedApplicationException(
                $"The dashboard is not there{(dcp.DashboardPath is null ? "" : $" ({dcp.DashboardPath})")}: run eng/offline/kit build and source eng/offline/env.sh, or set DcpPublisher:DashboardPath.");

        var allowHttp = application.AllowUnsecuredTransport || configuration.GetValue("ASPIRE_ALLOW_UNSECURED_TRANSPORT", false);
        foreach (var (name, url) in new[] { ("ASPNETCORE_URLS (applicationUrl)", FrontendUrls), ("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", OtlpGrpcUrl), ("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", ResourceServiceUrl) })
        {
            if (!allowHttp && (url ?? "").Split(';').Any(u => u.Trim().StartsWith("http:", StringComparison.OrdinalIgnoreCase)))
                throw new DistributedApplicationException($"{name} must be an https address, or ASPIRE_ALLOW_UNSECURED_TRANSPORT must be true: {url}");
        }
    }

    public string Path { get; }

    public string ApplicationName { get; }

    public string? FrontendUrls { get; }

    public string? OtlpGrpcUrl { get; }

    public string? OtlpHttpUrl { get; }

    public string? ResourceServiceUrl { get; }

    public string? BrowserToken { get; }

    public string? OtlpKey { get; }

    public string? ResourceServiceKey { get; }

    public bool Unsecured { get; }
}
