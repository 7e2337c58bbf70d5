namespace Shop.AppHost.Settings;

internal static class DashboardPort
{
    private const string Urls = "ASPNETCORE_URLS";
    private const string Setting = "Shop:Ports:Dashboard";

    /// <summary>
    /// The first of the dashboard's addresses gets the port that is set; without one, all stay as the launch profile says. Like every other port it must be free:
    /// the dashboard would come up after everything else, fail, and say so in a log only. Its address is shown to people before it has told its port, so a free one
    /// is chosen here in the place of 0.
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
