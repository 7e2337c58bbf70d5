namespace Shop.Gateway.Forwarding;

internal static class ForwardingExtensions
{
    public static void AddForwarding(this WebApplicationBuilder builder) => builder.Services.AddHttpClient().AddSingleton<Forwarder>();
}
