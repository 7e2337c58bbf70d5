using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Shop.Shipping.V1;

namespace Shop.Gateway.Tests.Fakes;

public sealed class FakeShipping : ShippingService.ShippingServiceBase
{
    public const string ShipmentId = "0198c0de-0000-7000-8000-0000000000cc";
    private static readonly Timestamp At = Timestamp.FromDateTimeOffset(new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    public Calls Calls { get; } = new();

    public static Shipment Shipment(string orderId) => new()
    {
        ShipmentId = ShipmentId, OrderId = orderId, Status = "dispatched", TrackingNumber = "4T2K9M0QXW7B5ZRC", CreatedAt = At, DispatchedAt = At,
    };

    public override Task<GetShipmentsResponse> GetShipments(GetShipmentsRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new GetShipmentsResponse { Shipments = { request.OrderIds.Select(Shipment) } });

    public override Task<ListShipmentsResponse> ListShipments(ListShipmentsRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new ListShipmentsResponse { Shipments = { Shipment(FakeOrdering.OrderId) }, NextPageToken = "next" });

    public override Task<DispatchResponse> Dispatch(DispatchRequest request, ServerCallContext context) => Calls.TakeAsync(request, context, new DispatchResponse());

    public override Task<DeliverResponse> Deliver(DeliverRequest request, ServerCallContext context) => Calls.TakeAsync(request, context, new DeliverResponse());

    public override Task<FailResponse> Fail(FailRequest request, ServerCallContext context) => Calls.TakeAsync(request, context, new FailResponse());
}
