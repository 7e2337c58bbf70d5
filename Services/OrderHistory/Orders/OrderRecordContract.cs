using Google.Protobuf.WellKnownTypes;
using Shop.Common.V1;
using Shop.OrderHistory.V1;
using Shop.Ordering.V1;
using Shop.Payments.V1;
using Shop.Shipping.V1;
using MemberOrder = Shop.OrderHistory.V1.MemberOrder;

namespace Shop.OrderHistory.Orders;

/// <summary>A row in the terms of the contracts of the services that its parts are from.</summary>
internal static class OrderRecordContract
{
    public static HistoricOrder ToContract(this OrderRecord order) => new() { Order = order.Order(), Payment = order.Payment(), Shipment = order.Shipment() };

    public static MemberOrder ToMemberOrder(this OrderRecord order) => new()
    {
        Order = order.ToContract(),
        MemberId = order.MemberId.ToString(),
        CancelNote = order.CancelNote ?? "",
    };

    private static Order Order(this OrderRecord order)
    {
        var contract = new Order
        {
            OrderId = order.Id.ToString(),
            Status = order.Status,
            PlacedAt = order.PlacedAt?.ToTimestamp(),
            Lines = { order.Lines.Select(order.Line) },
            Subtotal = order.Money(order.Subtotal ?? 0),
            Discount = order.Money(order.Discount ?? 0),
            Total = order.Money(order.Total ?? 0),
            Timeline = { order.Timeline.Select(entry => new TimelineEntry { At = entry.At.ToTimestamp(), What = entry.What }) },
            Version = order.Version,
        };
        if (order.Reason is not null)
            contract.Reason = order.Reason;

        return contract;
    }

    private static PricedLine Line(this OrderRecord order, RecordedLine line) => new()
    {
        ProductId = line.ProductId.ToString(),
        Name = line.Name,
        Names = line.NameEn is null ? null : new LocalizedText { Ko = line.Name, En = line.NameEn },
        Quantity = line.Quantity,
        UnitPrice = order.Money(line.UnitPrice),
        LineTotal = order.Money(line.LineTotal),
        Discount = order.Money(line.Discount),
    };

    private static Payment? Payment(this OrderRecord order) => order.PaymentStatus is null ? null : new()
    {
        OrderId = order.Id.ToString(),
        Status = order.PaymentStatus,
        Amount = order.Money(order.PaymentAmount),
        Attempts = order.PaymentAttempts,
        Refunded = order.Money(order.PaymentRefunded),
    };

    private static Shipment? Shipment(this OrderRecord order)
    {
        if (order.ShipmentStatus is null)
            return null;

        var contract = new Shipment
        {
            ShipmentId = order.ShipmentId.ToString(),
            OrderId = order.Id.ToString(),
            Status = order.ShipmentStatus,
            TrackingNumber = order.TrackingNumber ?? "",
            CreatedAt = order.ShipmentCreatedAt?.ToTimestamp(),
            DispatchedAt = order.ShipmentDispatchedAt?.ToTimestamp(),
            DeliveredAt = order.ShipmentStatus == "delivered" ? order.ShipmentEndedAt?.ToTimestamp() : null,
        };
        if (order.ShipmentReason is not null)
            contract.Reason = order.ShipmentReason;

        return contract;
    }

    private static Money Money(this OrderRecord order, long amount) => new() { Amount = amount, Currency = order.Currency };
}
