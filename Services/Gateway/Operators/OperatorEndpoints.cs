using Shop.Gateway.OpenApi;
using Shop.Gateway.Operators.History;
using Shop.Gateway.Operators.Imports;
using Shop.Gateway.Operators.Orders;
using Shop.Gateway.Operators.Payments;
using Shop.Gateway.Operators.Shipments;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Gateway.Operators;

internal static class OperatorEndpoints
{
    public static void MapOperators(this WebApplication app)
    {
        var ops = app.MapGroup("/api/v1/ops").WithTags("Operators").AllowOperators();

        ops.MapPost("/products", ChangeProducts.CreateAsync)
            .WithName("createProduct").WithSummary("Adds a product.").Takes<CreateProductBody>(CreateProductBody.Example).Answers(401, 403);
        ops.MapPatch("/products/{id}", ChangeProducts.UpdateAsync)
            .WithName("updateProduct").WithSummary("Changes what is given of a product.").Takes<UpdateProductBody>(UpdateProductBody.Example).Answers(401, 403, 404);
        ops.MapPost("/products/{id}/discontinue", ChangeProducts.DiscontinueAsync)
            .WithName("discontinueProduct").WithSummary("A product is not sold any more: lists and searches no longer have it, orders keep it.").Answers(401, 403, 404);
        ops.MapProductImport();
        ops.MapGet("/stock/{productId}", Stock.GetAsync)
            .WithName("getStock").WithSummary("A product's stock, with an `ETag` for setting it.").Answers(401, 403, 404);
        ops.MapPut("/stock/{productId}", Stock.SetAsync)
            .WithName("setStock").WithSummary("Sets the stock on hand; with `If-Match`, only if the stock has not changed since it was read.")
            .Takes<StockBody>(StockBody.Example).Answers(401, 403, 404, 412, 422);

        ops.MapGet("/sagas", SagaOperations.ListAsync)
            .WithName("listSagas").WithSummary("The sagas, of one state or of all.").WithMetadata(new StatesOf(SagaOperations.States)).Answers(400, 401, 403);
        ops.MapGet("/sagas/{id}", SagaOperations.GetAsync)
            .WithName("getSaga").WithSummary("One saga with every step, attempt, duration, error and trace id.").Answers(401, 403, 404);
        ops.MapPost("/sagas/{id}/retry", SagaOperations.RetryAsync)
            .WithName("retrySaga").WithSummary("Tries the step that waits now.").Answers(401, 403, 404, 422);

        ops.MapPost("/sagas/{id}/compensate", SagaOperations.CompensateAsync)
            .WithName("compensateSaga").WithSummary("Undoes a saga that has not passed its pivot.").Takes<ReasonBody>(ReasonBody.Example).Answers(401, 403, 404, 409);

        ops.MapOrderOperations();
        ops.MapShipments();
        ops.MapReconciliation();
        ops.MapFigures();
        ops.MapRebuild();

        ops.MapGet("/dead-letters", DeadLetterOperations.ListAsync)
            .WithName("listDeadLetters").WithSummary("Events that a service could not handle, and those that wait behind them; newest first, of all services.").Answers(400, 401, 403);
        ops.MapPost("/dead-letters/{id}/replay", DeadLetterOperations.ReplayAsync)
            .WithName("replayDeadLetter").WithSummary("Handles that event and all parked ones of its key again, in order, all or none.").Answers(401, 403, 404, 422);
        ops.MapPost("/dead-letters/{id}/discard", DeadLetterOperations.DiscardAsync)
            .WithName("discardDeadLetter").WithSummary("Discards one event for good; the others of its key stay parked.").Takes<ReasonBody>(ReasonBody.Example).Answers(401, 403, 404, 422);
        ops.MapPost("/dead-letters/replay", DeadLetterOperations.ReplayAllAsync)
            .WithName("replayDeadLetters").WithSummary("Has a service handle its parked events again in the background, those of each key in order.")
            .Takes<ReplayBody>(ReplayBody.Example).Answers(401, 403);
    }
}
