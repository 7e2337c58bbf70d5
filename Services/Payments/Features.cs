using Microsoft.Extensions.Options;
using Shop.Payments.Intents;
using Shop.Payments.Provider;
using Shop.Payments.Reconciliation;
using Shop.Payments.Webhooks;
using Shop.Persistence;
using Shop.Persistence.Workers;

namespace Shop.Payments;

internal static class Features
{
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddSingleton<PaymentMetrics>()
        .AddSingleton<ProviderCallLog>()
        .AddSingleton<ReconcileSchedule>()
        .AddScoped<IntentWriter>()
        .AddScoped<PaymentRecorder>()
        .AddScoped<AuthorisePayment>()
        .AddScoped<CapturePayment>()
        .AddScoped<ReleasePayment>()
        .AddScoped<GetPayments>()
        .AddScoped<ReceiveWebhook>()
        .AddScoped<ReconcileIntent>()
        .AddWorker<Reconciler>()
        .AddSingleton<DifferenceLog>()
        .AddScoped<ComparisonCursor>()
        .AddScoped<CompareMovements>()
        .AddScoped<CompareAttempts>()
        .AddScoped<CompareLedger>()
        .AddScoped<GetReconciliation>()
        .AddWorker<LedgerWorker>()
        // Ids are UUIDv7 and contain their time, so the primary key finds the old rows.
        .AddPurge(provider => new("attempts", "id < persistence.first_id(now() - $1)", Options<AttemptOptions>(provider).Retention))
        .AddPurge(provider => new("differences", "id < persistence.first_id(now() - $1)", Options<ReconciliationOptions>(provider).DifferenceRetention))
        .AddPurge(provider => new("seen_movements", "seen_at < now() - $1", Options<ReconciliationOptions>(provider).DifferenceRetention))
        // After the tolerance a replay is refused for its age. Twice the tolerance, since a time may also be ahead of this clock.
        .AddPurge(provider => new("seen_webhooks", "seen_at < now() - $1", 2 * Options<ProviderOptions>(provider).WebhookTolerance));

    private static T Options<T>(IServiceProvider provider) where T : class => provider.GetRequiredService<IOptions<T>>().Value;
}
