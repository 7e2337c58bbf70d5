namespace Shop.Payments.Webhooks;

internal static class WebhooksSetup
{
    public static void AddWebhooks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<ReceiveWebhook>();
        builder.Services.AddHostedService<ForgetSeenWebhooks>();
    }
}
