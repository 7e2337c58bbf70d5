using Shop.Gateway.Operators.DeadLetters;
using Shop.Gateway.Operators.History;
using Shop.Gateway.Operators.Imports;
using Shop.Gateway.Operators.MissedMessages;
using Shop.Gateway.Operators.Orders;
using Shop.Gateway.Operators.Payments;
using Shop.Gateway.Operators.Products;
using Shop.Gateway.Operators.Sagas;
using Shop.Gateway.Operators.Shipments;
using Shop.Gateway.Operators.Stock;
using Shop.ServiceDefaults.Access;

namespace Shop.Gateway.Operators;

internal static class OperatorEndpoints
{
    public static void MapOperators(this WebApplication app)
    {
        var ops = app.MapGroup("/api/v1/ops").WithTags("Operators").AllowOperators();

        ops.MapProductOperations();
        ops.MapProductImport();
        ops.MapStock();
        ops.MapSagas();
        ops.MapOrderOperations();
        ops.MapShipments();
        ops.MapReconciliation();
        ops.MapComparisons();
        ops.MapFigures();
        ops.MapRebuild();
        ops.MapDeadLetters();
    }
}
