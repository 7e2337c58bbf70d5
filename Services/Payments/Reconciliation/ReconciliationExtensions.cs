using Microsoft.Extensions.Options;
using Shop.Persistence;
using Shop.Persistence.Workers;
using Shop.ServiceDefaults;

namespace Shop.Payments.Reconciliation;

internal static class ReconciliationExtensions
{
    public static void AddReconciliation(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<ReconciliationOptions>(ReconciliationOptions.Section);
        builder.Services.AddScoped<ReconcileIntent>();
        builder.Services.AddHostedService<Reconciler>();

        builder.Services.AddSingleton<DifferenceLog>();
        builder.Services.AddScoped<ComparisonCursor>();
        builder.Services.AddScoped<CompareMovements>();
        builder.Services.AddScoped<CompareAttempts>();
        builder.Services.AddScoped<CompareLedger>();
        builder.Services.AddScoped<GetReconciliation>();
        builder.Services.AddWorker<LedgerWorker>();
        builder.Services.AddPurge(provider => new("differences", "id < persistence.first_id(now() - $1)", Retention(provider)));
        builder.Services.AddPurge(provider => new("seen_movements", "seen_at < now() - $1", Retention(provider)));
    }

    private static TimeSpan Retention(IServiceProvider provider) => provider.GetRequiredService<IOptions<ReconciliationOptions>>().Value.DifferenceRetention;
}
