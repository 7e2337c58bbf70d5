using Grpc.Core;
using Shop.Payments.V1;

namespace Shop.Gateway.Orders;

/// <summary>The payment part of order pages. Without Payments an order is shown without it.</summary>
internal sealed partial class OrderPayments(PaymentsService.PaymentsServiceClient payments, TimeProvider clock, ILogger<OrderPayments> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    public async Task<OrderPart<PaymentView>> OfAsync(string orderId, CancellationToken cancel)
    {
        try
        {
            var answer = await payments.GetPaymentAsync(new() { OrderId = orderId }, deadline: Deadline(), cancellationToken: cancel);
            return PaymentView.Of(answer.Payment);
        }
        catch (RpcException failure) when (!cancel.IsCancellationRequested)
        {
            return failure.StatusCode == StatusCode.NotFound ? new OrderPart<PaymentView>(null) : Unavailable(failure);
        }
    }

    /// <returns>What to show for any of these orders.</returns>
    public async Task<Func<string, OrderPart<PaymentView>>> OfAllAsync(IEnumerable<string> orderIds, CancellationToken cancel)
    {
        var request = new GetPaymentsRequest { OrderIds = { orderIds } };
        if (request.OrderIds.Count == 0)
            return _ => new OrderPart<PaymentView>(null);

        try
        {
            var answer = await payments.GetPaymentsAsync(request, deadline: Deadline(), cancellationToken: cancel);
            var found = answer.Payments.ToDictionary(payment => payment.OrderId, PaymentView.Of);
            return id => found.GetValueOrDefault(id, new OrderPart<PaymentView>(null));
        }
        catch (RpcException failure) when (!cancel.IsCancellationRequested)
        {
            Unavailable(failure);
            return _ => new OrderPart<PaymentView>(null, IsAvailable: false);
        }
    }

    private DateTime Deadline() => (clock.GetUtcNow() + Timeout).UtcDateTime;

    private OrderPart<PaymentView> Unavailable(RpcException failure)
    {
        LogMissing(failure.StatusCode);
        return new OrderPart<PaymentView>(null, IsAvailable: false);
    }

    [LoggerMessage(LogLevel.Warning, "Payments answers {Status}: orders are shown without their payment")]
    private partial void LogMissing(StatusCode status);
}
