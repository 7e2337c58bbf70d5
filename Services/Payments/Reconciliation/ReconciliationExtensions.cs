using Shop.ServiceDefaults.Configuration;

namespace Shop.Payments.Reconciliation;

internal static class ReconciliationExtensions
{
    public static void AddReconciliation(this IHostApplicationBuilder builder) => builder.AddValidatedOptions<ReconciliationOptions>(ReconciliationOptions.Section);
}
