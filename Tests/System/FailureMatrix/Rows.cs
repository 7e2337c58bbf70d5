using Grpc.Core;
using Microsoft.Extensions.Options;
using Shop.Ordering.Checkout;
using Shop.Ordering.Orders;
using Shop.Ordering.Refunds;
using Shop.Sagas.Testing;

namespace Shop.SystemTests.FailureMatrix;

/// <summary>
/// The rows of the matrix: which there are is read from the sagas' definitions, what becomes of their orders is the table here. A step, a compensation or an end that
/// is not in the table, and a line of the table without one, is an error.
/// </summary>
internal static class Rows
{
    private const string Capture = "/shop.payments.v1.PaymentsService/Capture";

    private static readonly Dictionary<string, Expectation> Table = new()
    {
        ["CheckoutSaga: reserve stock"] = new(End.Confirmed) { Refusal = "out_of_stock", IfRefused = End.Rejected("out_of_stock", "none") },
        ["CheckoutSaga: reserve coupon"] = new(End.Confirmed) { Refusal = "coupon_not_usable", IfRefused = End.Rejected("coupon_not_usable", "none") },
        ["CheckoutSaga: authorise payment"] = new(End.Confirmed) { Refusal = "insufficient_funds", IfRefused = End.Rejected("insufficient_funds", "none") },
        ["CheckoutSaga: confirm stock"] = new(End.Confirmed) { Refusal = "reservation_expired", IfRefused = End.Rejected("timed_out", "voided") },
        ["CheckoutSaga: capture payment"] = new(End.Confirmed) { Refusal = "payment_declined", IfRefused = End.Rejected("payment_declined", "voided") },
        // Past the pivot.
        ["CheckoutSaga: redeem coupon"] = new(End.Confirmed),
        ["CheckoutSaga: confirm order"] = new(End.Confirmed) { LastCall = "/shop.coupons.v1.CouponsService/Redeem" },

        ["CheckoutSaga: undo capture payment"] = new(End.Rejected("payment_declined", "refunded")) { Trigger = CapturedThenRefused },
        ["CheckoutSaga: undo confirm stock"] = CaptureFails,
        ["CheckoutSaga: undo authorise payment"] = CaptureFails,
        ["CheckoutSaga: undo reserve coupon"] = CaptureFails,
        ["CheckoutSaga: undo reserve stock"] = CaptureFails,
        ["CheckoutSaga: reject order"] = CaptureFails with { LastCall = "/shop.inventory.v1.InventoryService/Release" },

        ["RefundSaga: call off shipment"] = new(End.Cancelled) { IsCancelled = true, RefusedByUpstream = true, IfRefused = End.Dispatched },
        ["RefundSaga: refund payment"] = new(End.Cancelled) { IsCancelled = true },
        ["RefundSaga: restock"] = new(End.Cancelled) { IsCancelled = true },
        ["RefundSaga: restore coupon"] = new(End.Cancelled) { IsCancelled = true },
        ["RefundSaga: cancel order"] = new(End.Cancelled) { IsCancelled = true, LastCall = "/shop.coupons.v1.CouponsService/Restore" },
        ["RefundSaga: resume order"] = new(End.Dispatched) { IsCancelled = true, ParcelLeaves = true, LastCall = "/shop.shipping.v1.ShippingService/CallOff" },
    };

    private static readonly Lazy<IReadOnlyList<Row>> Read = new(() => Task.Run(ReadAsync).GetAwaiter().GetResult());

    public static IReadOnlyList<Row> All => Read.Value;

    /// <summary>The last call of the row's saga in the row's direction: after it comes the end.</summary>
    public static string LastCallOf(Row row)
    {
        var isUndo = row.Step.StartsWith("undo ", StringComparison.Ordinal);
        return All.Last(other => other.Saga == row.Saga && other.Method is not null && other.Step.StartsWith("undo ", StringComparison.Ordinal) == isUndo).Method!;
    }

    /// <summary>An authorised payment whose every capture the provider refuses: everything is undone.</summary>
    private static Expectation CaptureFails => new(End.Rejected("payment_declined", "voided")) { Token = PaymentToken.CaptureFails };

    /// <summary>
    /// The pivot has an undo for the case that its outcome was unknown before it was refused (Libraries/Sagas, ISagaBuilder.Pivot): the first answer is lost after the
    /// effect, the second is a refusal.
    /// </summary>
    private static Trigger CapturedThenRefused => new(Capture,
    [
        async forward => (await forward()).Status == StatusCode.OK
            ? GrpcAnswer.Failure(StatusCode.Unavailable, "The answer is lost.") : throw new InvalidOperationException("The capture was to succeed."),
        _ => Task.FromResult(GrpcAnswer.Failure(StatusCode.FailedPrecondition, "Refused by the test.", "payment_declined")),
    ]);

    private static async Task<IReadOnlyList<Row>> ReadAsync()
    {
        var order = Guid.CreateVersion7();
        var checkout = await SagaTest.Of<CheckoutSaga>().With(Options.Create(new CheckoutOptions())).OutlineAsync(new CheckoutState
        {
            OrderId = order, MemberId = order, Items = [new(order, 1)], Total = 1, CouponId = order, Discount = 1, Currency = "KRW", PaymentToken = PaymentToken.Ok,
        });
        var refund = await SagaTest.Of<RefundSaga>().OutlineAsync(new RefundState { OrderId = order, Reason = CancelReason.Member, Total = 1, CouponId = order });
        return RowsOf(checkout, refund);
    }

    /// <exception cref="InvalidOperationException">The table and the definitions differ.</exception>
    public static IReadOnlyList<Row> RowsOf(params IEnumerable<SagaOutline> sagas)
    {
        var steps = sagas.SelectMany(StepsOf).ToList();
        var keys = steps.Select(step => $"{step.Saga}: {step.Name}").ToList();
        var differences = keys.Except(Table.Keys).Select(key => $"'{key}' has no row in the table")
            .Concat(Table.Keys.Except(keys).Select(key => $"'{key}' is in the table, but in no saga"))
            .Concat(steps.Where(step => step.Calls.Count > 1).Select(step => $"'{step.Saga}: {step.Name}' calls {string.Join(" and ", step.Calls)}: a row is one call"))
            .ToList();
        return differences.Count > 0
            ? throw new InvalidOperationException($"The failure matrix (Tests/System/FailureMatrix/Rows.cs): {string.Join("; ", differences)}.")
            : [.. steps.Select(step => new Row(step.Saga, step.Name, step.Calls.SingleOrDefault()) { Expected = Table[$"{step.Saga}: {step.Name}"] })];
    }

    private static IEnumerable<(string Saga, string Name, IReadOnlyList<string> Calls)> StepsOf(SagaOutline saga) =>
    [
        .. saga.Steps.Select(step => (saga.Saga, step.Name, step.Calls)),
        (saga.Saga, saga.Finish, []),
        .. saga.Steps.Reverse().Where(step => step.Undo is not null).Select(step => (saga.Saga, $"undo {step.Name}", step.Undo!)),
        (saga.Saga, saga.OnFailure, []),
    ];
}
