using Microsoft.Extensions.Options;
using Shop.Payments.Provider;
using Shop.Persistence;

namespace Shop.Payments.Webhooks;

internal static class WebhooksExtensions
{
    public static void AddWebhooks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<ReceiveWebhook>();
        // After the tolerance a replay is refused for its age. Twice the tolerance, since a time may also be ahead of this clock.
        builder.Services.AddPurge(provider => new("seen_webhooks", "seen_at < now() - $1", 2 * provider.GetRequiredService<IOptions<ProviderOptions>>().Value.WebhookTolerance));
    }
}
