namespace Shop.AppHost.Settings;

internal static class DashboardPort
{
    private const string Urls = "ASPNETCORE_URLS";

    /// <summary>The dashboard's address is shown to people before it has told its port: a free one is chosen here in the place of 0.</summary>
    public static void ChooseDashboardPort(this IDistributedApplicationBuilder builder)
    {
        var urls = builder.Configuration[Urls]?.Split(';') ?? [];
        if (!Array.Exists(urls, HasNoPort))
            return;

        builder.Configuration[Urls] = string.Join(';', urls.Select(url =>
            HasNoPort(url) ? new UriBuilder(url) { Port = Ports.Free() }.Uri.GetLeftPart(UriPartial.Authority) : url));
    }

    private static bool HasNoPort(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Port == 0;
}
