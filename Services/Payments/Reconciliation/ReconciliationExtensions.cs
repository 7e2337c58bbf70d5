using Shop.ServiceDefaults;

namespace Shop.Payments.Reconciliation;

internal static class ReconciliationExtensions
{
    public static void AddReconciliation(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<ReconciliationOptions>(ReconciliationOptions.Section);
        builder.Services.AddScoped<ReconcileIntent>();
        builder.Services.AddHostedService<Reconciler>();
    }
}
