using Grpc.Core;
using Shop.Payments.V1;

namespace Shop.Gateway.Orders;

/// <summary>The payment part of order pages, where OrderHistory's is not up to date. Without Payments an order is shown without it.</summary>
internal sealed partial class OrderPayments(PaymentsService.PaymentsServiceClient payments, TimeProvider clock, ILogger<OrderPayments> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <returns>What to show for any of these orders.</returns>
    public async Task<Func<string, OrderPart<PaymentView>>> OfAllAsync(IEnumerable<string> orderIds, CancellationToken cancel)
    {
        var request = new GetPaymentsRequest { OrderIds = { orderIds } };
        if (request.OrderIds.Count == 0)
            return _ => new OrderPart<PaymentView>(null);

        var answer = await OptionalPart.CallAsync(options => payments.GetPaymentsAsync(request, options), Timeout, clock, LogMissing, cancel);
        if (answer is null)
            return _ => new OrderPart<PaymentView>(null, IsAvailable: false);

        var found = answer.Payments.ToDictionary(payment => payment.OrderId, PaymentView.Of);
        return id => found.GetValueOrDefault(id, new OrderPart<PaymentView>(null));
    }

    [LoggerMessage(LogLevel.Warning, "Payments answers {Status}: orders are shown without their payment")]
    private partial void LogMissing(StatusCode status);
}
