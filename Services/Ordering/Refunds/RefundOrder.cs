using Microsoft.EntityFrameworkCore;
using Shop.Messaging;
using Shop.Ordering.Idempotency;
using Shop.Ordering.Orders;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Ordering.Refunds;

/// <summary>An operator cancels and refunds an order that was confirmed, wherever its parcel is.</summary>
internal sealed class RefundOrder(OrderingDb db, AnsweredRequests answered, TimeProvider clock)
{
    private const int MaxReason = 500;

    public Task<RefundOrderResponse> HandleAsync(RefundOrderRequest request, Caller caller, CancellationToken cancel)
    {
        var check = new Check();
        AnsweredRequests.CheckKey(request.IdempotencyKey, check);
        var note = check.Line("reason", request.Reason, 1, MaxReason);
        check.ThrowIfAny();

        var id = Check.Uuid(request.OrderId) ?? throw new NotFoundException();
        return OrderChange.RetryAsync(db, () => AcceptAsync(id, note, request, caller.Member, cancel));
    }

    private async Task<RefundOrderResponse> AcceptAsync(Guid id, string note, RefundOrderRequest request, Guid by, CancellationToken cancel)
    {
        var hash = AnsweredRequests.Hash(request);
        if (await answered.FindAsync<RefundOrderResponse>(by, request.IdempotencyKey, hash, cancel) is { } before)
            return before;

        var order = await db.Orders.SingleOrDefaultAsync(order => order.Id == id, cancel) ?? throw new NotFoundException();
        switch (order.Status)
        {
            case OrderStatus.Confirmed or OrderStatus.Dispatched or OrderStatus.Delivered:
                order.StartCancelling(CancelReason.Operator, note, clock.GetUtcNow());
                db.Publish(order.Changed());
                db.StartRefund(order);
                break;
            case OrderStatus.Cancelling when order.Reason == CancelReason.Member:
                throw new ConflictException("cancel_in_progress", "The member has cancelled the order, and whether its parcel has left is not known yet.");
            case OrderStatus.Cancelling:
                break;
            case OrderStatus.Pending:
                throw new ConflictException("not_confirmed", "The order is pending: its checkout can be compensated.");
            default:
                throw new ConflictException("already_ended", $"The order is {order.Status}.");
        }

        var answer = new RefundOrderResponse { OrderId = id.ToString(), Status = OrderStatus.Cancelling };
        return await answered.SaveAsync(answer, id, by, request.IdempotencyKey, hash, cancel);
    }
}
