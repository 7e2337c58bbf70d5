using Microsoft.EntityFrameworkCore;
using Shop.Messaging;
using Shop.Ordering.Idempotency;
using Shop.Ordering.Orders;
using Shop.Ordering.Refunds;
using Shop.Ordering.V1;
using Shop.Sagas.Inspection;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Ordering.Checkout;

/// <summary>
/// A member cancels an order until its parcel leaves. A confirmed order gets its refund saga in the same commit. A pending one is marked, and its checkout is asked to
/// compensate; if that request is lost, or the checkout is past its pivot, the checkout sees the mark at its end and starts the refund saga.
/// </summary>
internal sealed class CancelOrder(OrderingDb db, AnsweredRequests answered, SagaOperations sagas, TimeProvider clock)
{
    private const int MaxReason = 200;

    public async Task<CancelOrderResponse> HandleAsync(CancelOrderRequest request, Caller caller, CancellationToken cancel)
    {
        var check = new Check();
        AnsweredRequests.CheckKey(request.IdempotencyKey, check);
        var note = request.Reason.Length == 0 ? null : check.Line("reason", request.Reason, 1, MaxReason);
        check.ThrowIfAny();

        var id = Check.Uuid(request.OrderId) ?? throw new NotFoundException();
        var answer = await OrderChange.RetryAsync(db, () => AcceptAsync(id, note, request, caller.Member, cancel));
        await CompensateCheckoutAsync(id, caller.Member, cancel);
        return answer;
    }

    private async Task<CancelOrderResponse> AcceptAsync(Guid id, string? note, CancelOrderRequest request, Guid member, CancellationToken cancel)
    {
        var hash = AnsweredRequests.Hash(request);
        if (await answered.FindAsync<CancelOrderResponse>(member, request.IdempotencyKey, hash, cancel) is { } before)
            return before;

        var order = await db.Orders.SingleOrDefaultAsync(order => order.Id == id && order.MemberId == member, cancel) ?? throw new NotFoundException();
        switch (order.Status)
        {
            case OrderStatus.Pending:
                order.StartCancelling(CancelReason.Member, note, clock.GetUtcNow());
                db.Publish(order.Changed());
                break;
            case OrderStatus.Confirmed:
                order.StartCancelling(CancelReason.Member, note, clock.GetUtcNow());
                db.Publish(order.Changed());
                db.StartRefund(order);
                break;
            case OrderStatus.Cancelling:
                break;
            case OrderStatus.Dispatched:
                throw new ConflictException("already_dispatched", "The parcel has left.");
            default:
                throw new ConflictException("already_ended", $"The order is {order.Status}.");
        }

        var answer = new CancelOrderResponse { OrderId = id.ToString(), Status = OrderStatus.Cancelling };
        return await answered.SaveAsync(answer, id, member, request.IdempotencyKey, hash, cancel);
    }

    /// <summary>Also when the request is repeated: the process may have ended between the commit and this. A checkout that runs is one whose order is cancelling.</summary>
    private async Task CompensateCheckoutAsync(Guid id, Guid member, CancellationToken cancel)
    {
        foreach (var checkout in (await sagas.FindBySubjectAsync(id.ToString(), cancel)).Where(saga => saga.Type == nameof(CheckoutSaga) && saga.EndedAt is null))
            await sagas.CompensateAsync(checkout.Id, CancelReason.Member, "the member cancelled the order", $"member {member}", cancel);
    }
}
