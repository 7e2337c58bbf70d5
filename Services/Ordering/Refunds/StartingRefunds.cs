using Shop.Ordering.Orders;
using Shop.Sagas;

namespace Shop.Ordering.Refunds;

internal static class StartingRefunds
{
    /// <summary>Starts the refund saga of an order that is <c>cancelling</c>, by a row of the next SaveChanges.</summary>
    public static void StartRefund(this OrderingDb db, Order order) => db.Start(RefundState.Of(order), subject: order.Id.ToString());
}
