using Grpc.Core;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.Shipping.Shipments;
using Shop.Shipping.V1;

namespace Shop.Shipping;

/// <summary>The gRPC API: one line per call, each to its feature, each saying who may call it.</summary>
internal sealed class ShippingService(GetShipments getShipments, ListShipments listShipments, AdvanceShipment advance, CallOff callOff)
    : V1.ShippingService.ShippingServiceBase
{
    [AllowMembers]
    public override Task<GetShipmentsResponse> GetShipments(GetShipmentsRequest request, ServerCallContext context) =>
        getShipments.HandleAsync(request, context.Caller(), context.CancellationToken);

    [AllowOperators]
    public override Task<ListShipmentsResponse> ListShipments(ListShipmentsRequest request, ServerCallContext context) =>
        listShipments.HandleAsync(request, context.CancellationToken);

    [AllowOperators]
    public override Task<DispatchResponse> Dispatch(DispatchRequest request, ServerCallContext context) =>
        advance.HandleAsync(request, context.CancellationToken);

    [AllowOperators]
    public override Task<DeliverResponse> Deliver(DeliverRequest request, ServerCallContext context) =>
        advance.HandleAsync(request, context.CancellationToken);

    [AllowOperators]
    public override Task<FailResponse> Fail(FailRequest request, ServerCallContext context) =>
        advance.HandleAsync(request, context.CancellationToken);

    [AllowServices("ordering")]
    public override Task<CallOffResponse> CallOff(CallOffRequest request, ServerCallContext context) =>
        callOff.HandleAsync(request, context.CancellationToken);
}
