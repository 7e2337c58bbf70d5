namespace Shop.Payments.Tests.Running;

internal static class Secrets
{
    public const string ApiKey = "the provider's key for tests";
    public const string Webhook = "the webhooks' secret for tests";
}
