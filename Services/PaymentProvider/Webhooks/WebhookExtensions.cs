namespace Shop.PaymentProvider.Webhooks;

internal static class WebhookExtensions
{
    public static void AddWebhooks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<WebhookOutbox>();
        builder.Services.AddHttpClient(WebhookSender.Client, client => client.Timeout = TimeSpan.FromSeconds(5));
        builder.Services.AddHostedService<WebhookSender>();
    }
}
