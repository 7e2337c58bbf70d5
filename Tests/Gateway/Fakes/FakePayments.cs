using Grpc.Core;
using Shop.Payments.V1;

namespace Shop.Gateway.Tests.Fakes;

public sealed class FakePayments : PaymentsService.PaymentsServiceBase
{
    public Calls Calls { get; } = new();

    public override Task<GetPaymentResponse> GetPayment(GetPaymentRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new GetPaymentResponse { Payment = Payment(request.OrderId) });

    public override Task<GetPaymentsResponse> GetPayments(GetPaymentsRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new GetPaymentsResponse { Payments = { request.OrderIds.Select(Payment) } });

    public override Task<ReceiveWebhookResponse> ReceiveWebhook(ReceiveWebhookRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new ReceiveWebhookResponse());

    private static Payment Payment(string orderId) => new()
    {
        OrderId = orderId, Status = "captured", Amount = new() { Amount = 200, Currency = "KRW" }, Attempts = 1,
    };
}
