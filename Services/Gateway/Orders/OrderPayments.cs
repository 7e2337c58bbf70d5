using Grpc.Core;
using Shop.Payments.V1;

namespace Shop.Gateway.Orders;

/// <summary>The payment part of order pages. Without Payments an order is shown without it.</summary>
public sealed partial class OrderPayments(PaymentsService.PaymentsServiceClient payments, TimeProvider clock, ILogger<OrderPayments> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    public async Task<PaymentPart> OfAsync(string orderId, CancellationToken cancel)
    {
        try
        {
            var answer = await payments.GetPaymentAsync(new() { OrderId = orderId }, deadline: Deadline(), cancellationToken: cancel);
            return PaymentPart.Of(answer.Payment);
        }
        catch (RpcException failure) when (!cancel.IsCancellationRequested)
        {
            return failure.StatusCode == StatusCode.NotFound ? PaymentPart.None : CannotBeHad(failure);
        }
    }

    /// <returns>What to show for any of these orders.</returns>
    public async Task<Func<string, PaymentPart>> OfAllAsync(IEnumerable<string> orderIds, CancellationToken cancel)
    {
        var request = new GetPaymentsRequest { OrderIds = { orderIds } };
        if (request.OrderIds.Count == 0)
            return _ => PaymentPart.None;

        try
        {
            var answer = await payments.GetPaymentsAsync(request, deadline: Deadline(), cancellationToken: cancel);
            var found = answer.Payments.ToDictionary(payment => payment.OrderId, PaymentPart.Of);
            return id => found.GetValueOrDefault(id, PaymentPart.None);
        }
        catch (RpcException failure) when (!cancel.IsCancellationRequested)
        {
            CannotBeHad(failure);
            return _ => PaymentPart.Unavailable;
        }
    }

    private DateTime Deadline() => (clock.GetUtcNow() + Timeout).UtcDateTime;

    private PaymentPart CannotBeHad(RpcException e)
    {
        LogMissing(e.StatusCode);
        return PaymentPart.Unavailable;
    }

    [LoggerMessage(LogLevel.Warning, "Payments answers {Status}: orders are shown without their payment.")]
    private partial void LogMissing(StatusCode status);
}
