using Shop.Messaging;
using Shop.Ordering.V1;
using Shop.Payments.V1;
using Shop.Shipping.V1;

namespace Shop.OrderHistory.Projection;

internal static class ProjectionExtensions
{
    /// <summary>Every event that says something of an order, its payment or its shipment.</summary>
    public static MessagingBuilder ProjectsOrders(this MessagingBuilder messaging) => messaging
        .Handles<OrderPlaced, ProjectOrder>()
        .Handles<OrderConfirmed, ProjectOrder>()
        .Handles<OrderRejected, ProjectOrder>()
        .Handles<OrderDelivered, ProjectOrder>()
        .Handles<OrderCancelled, ProjectOrder>()
        .Handles<OrderChanged, ProjectOrder>()
        .Handles<PaymentAuthorised, ProjectOrder>()
        .Handles<PaymentCaptured, ProjectOrder>()
        .Handles<PaymentVoided, ProjectOrder>()
        .Handles<PaymentRefunded, ProjectOrder>()
        .Handles<PaymentDeclined, ProjectOrder>()
        .Handles<PaymentChanged, ProjectOrder>()
        .Handles<ShipmentCreated, ProjectOrder>()
        .Handles<ShipmentDispatched, ProjectOrder>()
        .Handles<ShipmentDelivered, ProjectOrder>()
        .Handles<ShipmentFailed, ProjectOrder>()
        .Handles<ShipmentCalledOff, ProjectOrder>();
}
