using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>The keys between browser, dashboard, programs and AppHost. Made anew for each run, unless configured.</summary>
internal static class DashboardSecrets
{
    public static bool IsUnsecured(IConfiguration configuration) =>
        configuration.GetValue("ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", false)
        || configuration.GetValue("DOTNET_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", false);

    public static void Ensure(ConfigurationManager configuration, UserSecrets secrets)
    {
        if (IsUnsecured(configuration))
            return;

        // Remembered, so that a program which outlives a run may still report.
        secrets.GetOrSet(configuration, "AppHost:OtlpApiKey", NewKey);
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AppHost:BrowserToken"] = Configured(configuration, "ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN", "DOTNET_DASHBOARD_FRONTEND_BROWSERTOKEN")
                ?? configuration["AppHost:BrowserToken"] ?? NewKey(),
            ["AppHost:ResourceService:ApiKey"] = Configured(configuration, "ASPIRE_DASHBOARD_RESOURCESERVICE_APIKEY", "DOTNET_DASHBOARD_RESOURCESERVICE_APIKEY")
                ?? NewKey(),
        });
    }

    public static string? Configured(IConfiguration configuration, params string[] keys) =>
        keys.Select(k => configuration[k]).FirstOrDefault(v => !string.IsNullOrEmpty(v));

    private static string NewKey() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
