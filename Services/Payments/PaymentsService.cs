using Grpc.Core;
using Shop.Payments.Intents;
using Shop.Payments.Reconciliation;
using Shop.Payments.V1;
using Shop.Payments.Webhooks;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Payments;

/// <summary>The gRPC API: each call goes to its use case.</summary>
internal sealed class PaymentsService(
    AuthorisePayment authorise, CapturePayment capture, ReleasePayment release, GetPayments get, ReceiveWebhook receiveWebhook,
    GetReconciliation getReconciliation)
    : V1.PaymentsService.PaymentsServiceBase
{
    [AllowServices("ordering")]
    public override Task<AuthoriseResponse> Authorise(AuthoriseRequest request, ServerCallContext context) =>
        authorise.HandleAsync(request, context.CancellationToken);

    [AllowServices("ordering")]
    public override Task<CaptureResponse> Capture(CaptureRequest request, ServerCallContext context) =>
        capture.HandleAsync(request, context.CancellationToken);

    [AllowServices("ordering")]
    public override Task<VoidResponse> Void(VoidRequest request, ServerCallContext context) =>
        release.VoidAsync(request, context.CancellationToken);

    [AllowServices("ordering")]
    public override Task<RefundResponse> Refund(RefundRequest request, ServerCallContext context) =>
        release.RefundAsync(request, context.CancellationToken);

    [AllowMembers]
    public override Task<GetPaymentResponse> GetPayment(GetPaymentRequest request, ServerCallContext context) =>
        get.OneAsync(request, context.Caller(), context.CancellationToken);

    [AllowMembers, AllowServices("gateway")]
    public override Task<GetPaymentsResponse> GetPayments(GetPaymentsRequest request, ServerCallContext context) =>
        get.ManyAsync(request, context.Caller(), context.CancellationToken);

    [AllowServices("gateway")]
    public override Task<ReceiveWebhookResponse> ReceiveWebhook(ReceiveWebhookRequest request, ServerCallContext context) =>
        receiveWebhook.HandleAsync(request, context.CancellationToken);

    [AllowOperators]
    public override Task<GetReconciliationResponse> GetReconciliation(GetReconciliationRequest request, ServerCallContext context) =>
        getReconciliation.HandleAsync(context.CancellationToken);
}
