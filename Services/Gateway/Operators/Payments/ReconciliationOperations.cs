using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Gateway.OpenApi;
using static Shop.Payments.V1.PaymentsService;

namespace Shop.Gateway.Operators.Payments;

internal static class ReconciliationOperations
{
    public static void MapReconciliation(this RouteGroupBuilder ops) => ops.MapGet("/reconciliation", GetAsync)
        .WithName("getReconciliation").WithSummary("What the comparison of our payments with the provider's ledger has found.").Answers(401, 403);

    private static async Task<Ok<ReconciliationView>> GetAsync(PaymentsServiceClient payments, CancellationToken cancel) =>
        TypedResults.Ok(ReconciliationView.Of(await payments.GetReconciliationAsync(new(), cancellationToken: cancel)));
}
