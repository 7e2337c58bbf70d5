using Microsoft.EntityFrameworkCore;
using Shop.Payments.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Payments.Intents;

/// <summary>Payments as recorded here; the provider is not called. Members see their own payments only; others are reported as not found.</summary>
internal sealed class GetPayments(PaymentsDb db)
{
    private const int MaxOrders = 100;

    public async Task<GetPaymentResponse> OneAsync(GetPaymentRequest request, Caller caller, CancellationToken cancel)
    {
        var check = new Check();
        var orderId = check.Uuid("orderId", request.OrderId);
        check.ThrowIfAny();

        var payments = await VisibleAsync([orderId], caller, cancel);
        return payments is [var payment] ? new GetPaymentResponse { Payment = payment } : throw new NotFoundException("There is no payment for this order.");
    }

    public async Task<GetPaymentsResponse> ManyAsync(GetPaymentsRequest request, Caller caller, CancellationToken cancel)
    {
        var check = new Check();
        check.That(request.OrderIds.Count is >= 1 and <= MaxOrders, "orderIds", $"must have 1 to {MaxOrders} ids");
        var orderIds = request.OrderIds.Take(MaxOrders).Select((id, i) => check.Uuid($"orderIds[{i}]", id)).ToList();
        check.ThrowIfAny();

        return new GetPaymentsResponse { Payments = { await VisibleAsync(orderIds, caller, cancel) } };
    }

    private async Task<IReadOnlyList<Payment>> VisibleAsync(List<Guid> orderIds, Caller caller, CancellationToken cancel)
    {
        // A tombstone has no member and is not a payment.
        var intents = await db.Intents.AsNoTracking().Where(intent => orderIds.Contains(intent.OrderId) && intent.MemberId != null).ToListAsync(cancel);
        return [.. intents.Where(intent => caller.May(intent.MemberId!.Value)).Select(intent => intent.ToContract())];
    }
}
