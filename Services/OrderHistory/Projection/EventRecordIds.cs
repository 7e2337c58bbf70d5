using Shop.OrderHistory.Orders;

namespace Shop.OrderHistory.Projection;

internal static class EventRecordIds
{
    public static OrderRecord New(string orderId, string memberId) => new() { Id = Guid.Parse(orderId), MemberId = Guid.Parse(memberId) };
}
