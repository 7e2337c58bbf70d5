using Microsoft.EntityFrameworkCore;
using Shop.Coupons.V1;
using Shop.Inventory.V1;
using Shop.Messaging;
using Shop.Ordering.Orders;
using Shop.Payments.V1;
using Shop.Sagas;
using Shop.Shipping.V1;

namespace Shop.Ordering.Refunds;

/// <summary>From a confirmed order to a cancelled one, of which nothing is left.</summary>
internal sealed class RefundSaga(
    OrderingDb db,
    ShippingService.ShippingServiceClient shipping,
    PaymentsService.PaymentsServiceClient payments,
    InventoryService.InventoryServiceClient inventory,
    CouponsService.CouponsServiceClient coupons,
    TimeProvider clock) : Saga<RefundState>
{
    /// <summary>Never reached: the first step is the pivot, which is repeated until its outcome is known.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    protected override void Define(ISagaBuilder<RefundState> saga) => saga
        .Within(Deadline)
        // Shipping decides whether the cancellation or the courier came first. A parcel that stays here cannot be sent after all, so from then on there is only forward.
        .Pivot("call off shipment", CallOffShipment)
        .Step("refund payment", RefundPayment, when: IsPaid)
        .Step("restock", Restock)
        .Step("restore coupon", RestoreCoupon, when: UsesCoupon)
        .Finish("cancel order", CancelOrder)
        .OnFailure("resume order", ResumeOrder);

    private static bool IsPaid(RefundState order) => order.Total > 0;

    private static bool UsesCoupon(RefundState order) => order.CouponId is not null;

    private async Task<StepResult> CallOffShipment(RefundState order, StepContext step, CancellationToken cancel)
    {
        var result = await shipping.CallOffAsync(new() { OrderId = order.OrderId.ToString(), Reason = order.Reason }, cancellationToken: cancel).AsStep();
        return result switch
        {
            { Outcome: not StepOutcome.Refused } => result,
            { Reason: "already_dispatched" } => order.EvenIfDispatched ? StepResult.Done : result,
            // Any other refusal says nothing of the parcel, and the order must not become "dispatched" by it.
            _ => throw new InvalidOperationException($"Shipping does not call off the shipment: {result.Reason}"),
        };
    }

    private Task<StepResult> RefundPayment(RefundState order, StepContext step, CancellationToken cancel) =>
        payments.RefundAsync(new RefundRequest { OrderId = order.OrderId.ToString() }, cancellationToken: cancel).AsStep();

    private Task<StepResult> Restock(RefundState order, StepContext step, CancellationToken cancel) =>
        inventory.RestockAsync(new RestockRequest { OrderId = order.OrderId.ToString() }, cancellationToken: cancel).AsStep();

    private Task<StepResult> RestoreCoupon(RefundState order, StepContext step, CancellationToken cancel) =>
        coupons.RestoreAsync(new RestoreRequest { OrderId = order.OrderId.ToString() }, cancellationToken: cancel).AsStep();

    private async Task CancelOrder(RefundState state, StepContext step, CancellationToken cancel)
    {
        var order = await OrderAsync(state, cancel);
        var now = clock.GetUtcNow();
        order.Cancel(now);
        db.Publish(order.Cancelled(now));
    }

    private async Task ResumeOrder(RefundState state, StepContext step, CancellationToken cancel)
    {
        var order = await OrderAsync(state, cancel);
        var now = clock.GetUtcNow();
        if (!order.ResumeDispatched(now))
            db.StartRefund(order);                       // its delivery has failed: it is cancelled after all
        db.Publish(order.Status == OrderStatus.Delivered ? order.Delivered(now) : order.Changed());
    }

    private Task<Order> OrderAsync(RefundState state, CancellationToken cancel) => db.Orders.SingleAsync(order => order.Id == state.OrderId, cancel);
}
