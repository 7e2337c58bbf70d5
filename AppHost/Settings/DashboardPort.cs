using Microsoft.Extensions.Configuration;

namespace Shop.AppHost.Settings;

internal static class DashboardPort
{
    private const string Urls = "ASPNETCORE_URLS";
    private const string Setting = "Shop:Ports:Dashboard";

    /// <summary>Null: the dashboard is off, as it is in tests.</summary>
    public static string? AddressOf(IConfiguration configuration) => configuration[Urls]?.Split(';')[0] is { Length: > 0 } url ? url : null;

    /// <summary>
    /// Sets the port of the dashboard's first address; without the setting all stay as in the launch profile. The port is claimed here, because the dashboard starts last and
    /// would report a taken port only in a log. For 0 a free port is chosen here, because the address is shown before the dashboard listens.
    /// </summary>
    public static void ChooseDashboardPort(this IDistributedApplicationBuilder builder)
    {
        var urls = builder.Configuration[Urls]?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (urls.Length == 0)
            return;

        var wanted = ShopSettings.Of(builder).Ports.Dashboard;
        builder.Configuration[Urls] = string.Join(';', urls.Select((url, i) =>
            Uri.TryCreate(url, UriKind.Absolute, out var uri)
                ? new UriBuilder(url) { Port = builder.ClaimPort("dashboard", Setting, i == 0 ? wanted ?? uri.Port : uri.Port) }.Uri.GetLeftPart(UriPartial.Authority)
                : url));
    }
}
