using Shop.OrderHistory.V1;
using Shop.Ordering.V1;

namespace Shop.Gateway.Orders;

/// <summary>An order in the newest state that Ordering and OrderHistory know, and what OrderHistory has of it.</summary>
/// <param name="History">Null: nothing (yet), or OrderHistory is unavailable.</param>
/// <param name="MayBeOlder">Ordering is unavailable and OrderHistory may be behind it: the member may have been told a newer state.</param>
internal sealed record KnownOrder(Order Order, HistoricOrder? History, bool MayBeOlder)
{
    /// <summary>Both have answered, or OrderHistory has not and Ordering has.</summary>
    public static KnownOrder Of(Order? ordering, HistoricOrder? history) =>
        new(ordering is null || history?.Order.Version > ordering.Version ? history!.Order : ordering, history, MayBeOlder: false);

    /// <summary>Without Ordering. What was rejected or cancelled stays so.</summary>
    public static KnownOrder OfHistory(HistoricOrder history) => new(history.Order, history, MayBeOlder: history.Order.Status is not ("rejected" or "cancelled"));

    /// <summary>
    /// The payment in OrderHistory's row is the one that the status follows from. Its events come on another topic than the order's: the row may have the one and not yet the other.
    /// While the order is on its way to a status, the payment changes at any moment.
    /// </summary>
    public bool HasPayment => Order.Total.Amount == 0 || IsUpToDate && Order.Status switch
    {
        "confirmed" or "dispatched" or "delivered" => History!.Payment?.Status == "captured",
        "rejected" or "cancelled" => History!.Payment?.Status is "declined" or "voided" or "refunded",
        _ => false,
    };

    /// <summary>The same for the shipment.</summary>
    public bool HasShipment => IsUpToDate && Order.Status switch
    {
        "pending" or "rejected" => true,
        "confirmed" => History!.Shipment is not null,
        "dispatched" => History!.Shipment?.Status is "dispatched" or "delivered" or "failed",
        "delivered" => History!.Shipment?.Status == "delivered",
        _ => History!.Shipment?.Status is "called_off" or "delivered" or "failed",
    };

    private bool IsUpToDate => History?.Order.Version >= Order.Version;
}
