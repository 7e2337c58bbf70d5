namespace Shop.AppHost.Services;

/// <summary>The simulated third party. It does not use the shop's tokens and events: it has an API key and the address of its webhooks.</summary>
internal static class PaymentProviderExtensions
{
    public static IResourceBuilder<ProjectResource> AddPaymentProvider<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() =>
        builder.AddProcess<TProject>(name)
            .WithHttpEndpoint(name: "http", port: builder.Port(name, "Shop:Ports:PaymentProvider", ShopSettings.Of(builder).Ports.PaymentProvider))
            .WithHealth()
            .WithIconName("BuildingBank")
            .WithEnvironment("ApiKey", builder.ApiKey())
            .WithEnvironment("WebhookSecret", builder.WebhookSecret());

    /// <summary>Only Payments calls the provider.</summary>
    public static IResourceBuilder<ProjectResource> PaysThrough(this IResourceBuilder<ProjectResource> payments, IResourceBuilder<ProjectResource> provider) =>
        payments
            .Calls(provider)
            .WithEnvironment("Provider__ApiKey", payments.ApplicationBuilder.ApiKey())
            .WithEnvironment("Provider__WebhookSecret", payments.ApplicationBuilder.WebhookSecret());

    public static IResourceBuilder<ProjectResource> SendsWebhooksTo(this IResourceBuilder<ProjectResource> provider, IResourceBuilder<ProjectResource> gateway) =>
        provider.WithEnvironment("Webhooks__Url", ReferenceExpression.Create($"{gateway.GetEndpoint("http")}/webhooks/payments"));

    private static IResourceBuilder<ParameterResource> ApiKey(this IDistributedApplicationBuilder builder) =>
        builder.AddPassword("provider-api-key", "Payments' key at the payment provider.");

    private static IResourceBuilder<ParameterResource> WebhookSecret(this IDistributedApplicationBuilder builder) =>
        builder.AddKey("provider-webhook-secret", "Signs the payment provider's webhooks.");
}
