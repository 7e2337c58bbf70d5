using Shop.Design.Pages;
using Shop.Design.Sessions;

namespace Shop.Console.Reconciliation;

internal static class ReconciliationEndpoints
{
    public static void MapReconciliation(this IEndpointRouteBuilder app) => app.MapPage("/reconciliation", async (GatewayClient gateway, CancellationToken cancel) =>
        View.Of<ReconciliationPage>(await gateway.GetMineAsync<ReconciliationState>("/api/v1/ops/reconciliation", cancel)));
}
