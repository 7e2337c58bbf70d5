using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Shop.Payments.V1;

namespace Shop.Gateway.Tests.Fakes;

public sealed class FakePayments : PaymentsService.PaymentsServiceBase
{
    private static readonly Timestamp At = Timestamp.FromDateTimeOffset(new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    public Calls Calls { get; } = new();

    public override Task<GetPaymentResponse> GetPayment(GetPaymentRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new GetPaymentResponse { Payment = Payment(request.OrderId) });

    public override Task<GetPaymentsResponse> GetPayments(GetPaymentsRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new GetPaymentsResponse { Payments = { request.OrderIds.Select(Payment) } });

    public override Task<ReceiveWebhookResponse> ReceiveWebhook(ReceiveWebhookRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new ReceiveWebhookResponse());

    public override Task<GetReconciliationResponse> GetReconciliation(GetReconciliationRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new GetReconciliationResponse
        {
            At = At, Compared = 12,
            Differences =
            {
                new Difference { OrderId = FakeOrdering.OrderId, Kind = "missing_refund", Ours = "captured 200 KRW", Theirs = "refunded 50 KRW", Repaired = true, At = At },
                new Difference { Kind = "unknown_charge", Theirs = "authorised 1 KRW", At = At },
            },
        });

    private static Payment Payment(string orderId) => new()
    {
        OrderId = orderId, Status = "captured", Amount = new() { Amount = 200, Currency = "KRW" }, Attempts = 1, Refunded = new() { Amount = 50, Currency = "KRW" },
    };
}
