using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Common.V1;
using Shop.Coupons.V1;
using Shop.Inventory.V1;
using Shop.Messaging;
using Shop.Ordering.Orders;
using Shop.Ordering.Refunds;
using Shop.Payments.V1;
using Shop.Sagas;

namespace Shop.Ordering.Checkout;

/// <summary>From an accepted order to a confirmed one, or back to where everything was before.</summary>
internal sealed class CheckoutSaga(
    OrderingDb db,
    InventoryService.InventoryServiceClient inventory,
    CouponsService.CouponsServiceClient coupons,
    PaymentsService.PaymentsServiceClient payments,
    IOptions<CheckoutOptions> options,
    TimeProvider clock) : Saga<CheckoutState>
{
    protected override void Define(ISagaBuilder<CheckoutState> saga) => saga
        .Within(options.Value.Deadline)
        .Step("reserve stock", ReserveStock, undo: ReleaseStock)
        .Step("reserve coupon", ReserveCoupon, undo: RestoreCoupon, when: UsesCoupon)
        .Step("authorise payment", AuthorisePayment, undo: VoidPayment, when: IsPaid)
        .Step("confirm stock", ConfirmStock, undo: Restock)
        .Pivot("capture payment", CapturePayment, undo: RefundPayment, when: IsPaid)
        // Past the pivot: repeated until it is done. Whatever takes the order back restores the coupon with the undo of its reservation.
        .Step("redeem coupon", RedeemCoupon, when: UsesCoupon)
        .Finish("confirm order", ConfirmOrder)
        .OnFailure("reject order", RejectOrder);

    private static bool UsesCoupon(CheckoutState order) => order.CouponId is not null;

    /// <summary>A coupon may leave nothing to pay. Then there is no payment at all: the provider takes no charge of 0, and the ledger has nothing to say about it.</summary>
    private static bool IsPaid(CheckoutState order) => order.Total > 0;

    private Task<StepResult> ReserveStock(CheckoutState order, StepContext step, CancellationToken cancel) =>
        inventory.ReserveAsync(new()
        {
            OrderId = order.OrderId.ToString(),
            Lines = { order.Items.Select(item => new StockLine { ProductId = item.ProductId.ToString(), Quantity = item.Quantity }) },
            ExpiresIn = (options.Value.Deadline + options.Value.ReservationMargin).ToDuration(),
        }, cancellationToken: cancel).AsStep();

    private Task<StepResult> ReleaseStock(CheckoutState order, StepContext step, CancellationToken cancel) =>
        inventory.ReleaseAsync(new ReleaseRequest { OrderId = order.OrderId.ToString() }, cancellationToken: cancel).AsStep();

    private Task<StepResult> ReserveCoupon(CheckoutState order, StepContext step, CancellationToken cancel) =>
        coupons.ReserveAsync(new()
        {
            OrderId = order.OrderId.ToString(),
            CouponId = order.CouponId.ToString(),
            MemberId = order.MemberId.ToString(),
            Subtotal = new Money { Amount = order.Total + order.Discount, Currency = order.Currency },
            Discount = new Money { Amount = order.Discount, Currency = order.Currency },
        }, cancellationToken: cancel).AsStep();

    private Task<StepResult> RedeemCoupon(CheckoutState order, StepContext step, CancellationToken cancel) =>
        coupons.RedeemAsync(new RedeemRequest { OrderId = order.OrderId.ToString() }, cancellationToken: cancel).AsStep();

    private Task<StepResult> RestoreCoupon(CheckoutState order, StepContext step, CancellationToken cancel) =>
        coupons.RestoreAsync(new RestoreRequest { OrderId = order.OrderId.ToString() }, cancellationToken: cancel).AsStep();

    private Task<StepResult> AuthorisePayment(CheckoutState order, StepContext step, CancellationToken cancel) =>
        payments.AuthoriseAsync(new AuthoriseRequest
        {
            OrderId = order.OrderId.ToString(),
            MemberId = order.MemberId.ToString(),
            Amount = new Money { Amount = order.Total, Currency = order.Currency },
            PaymentToken = order.PaymentToken,
            AskedBefore = step.MayHaveRun,
        }, cancellationToken: cancel).AsStep();

    private Task<StepResult> VoidPayment(CheckoutState order, StepContext step, CancellationToken cancel) =>
        payments.VoidAsync(new VoidRequest { OrderId = order.OrderId.ToString() }, cancellationToken: cancel).AsStep();

    private Task<StepResult> ConfirmStock(CheckoutState order, StepContext step, CancellationToken cancel) =>
        inventory.ConfirmAsync(new ConfirmRequest { OrderId = order.OrderId.ToString() }, cancellationToken: cancel).AsStep();

    private Task<StepResult> Restock(CheckoutState order, StepContext step, CancellationToken cancel) =>
        inventory.RestockAsync(new RestockRequest { OrderId = order.OrderId.ToString() }, cancellationToken: cancel).AsStep();

    private Task<StepResult> CapturePayment(CheckoutState order, StepContext step, CancellationToken cancel) =>
        payments.CaptureAsync(new CaptureRequest
        {
            OrderId = order.OrderId.ToString(),
            AskedBefore = step.MayHaveRun,
        }, cancellationToken: cancel).AsStep();

    private Task<StepResult> RefundPayment(CheckoutState order, StepContext step, CancellationToken cancel) =>
        payments.RefundAsync(new RefundRequest { OrderId = order.OrderId.ToString() }, cancellationToken: cancel).AsStep();

    private async Task ConfirmOrder(CheckoutState state, StepContext step, CancellationToken cancel)
    {
        var order = await db.Orders.SingleAsync(order => order.Id == state.OrderId, cancel);
        if (order.Status == OrderStatus.Cancelling)
        {
            db.StartRefund(order);                       // cancelled past the pivot: never announced as confirmed, so it gets no shipment
            return;
        }

        var now = clock.GetUtcNow();
        order.Confirm(now);
        db.Publish(order.Confirmed(now));
    }

    private async Task RejectOrder(CheckoutState state, StepContext step, CancellationToken cancel)
    {
        var order = await db.Orders.SingleAsync(order => order.Id == state.OrderId, cancel);
        var now = clock.GetUtcNow();
        if (order.Status == OrderStatus.Cancelling)
        {
            order.Cancel(now);
            db.Publish(order.Cancelled(now));
            return;
        }

        // To the member, goods that could not be held long enough are time that ran out.
        var reason = step.Reason is null or "reservation_expired" ? "timed_out" : step.Reason;
        order.Reject(reason, now);
        db.Publish(order.Rejected(reason, now));
    }
}
