using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Shop.OrderHistory.Orders;
using Shop.Ordering.V1;

namespace Shop.OrderHistory.Projection;

/// <summary>What an event says, as a record to be merged into its order's row.</summary>
internal static class EventRecords
{
    /// <summary>Of any event that the projection handles.</summary>
    public static OrderRecord RecordOf(IMessage message) => message switch
    {
        OrderPlaced e => Contents(e.OrderId, e.MemberId, e.Lines, e.Subtotal, e.Discount, e.Total).With(e.State ?? Old(1, OrderStatus.Pending, e.PlacedAt, "placed")),
        OrderConfirmed e => Contents(e.OrderId, e.MemberId, e.Lines, e.Subtotal, e.Discount, e.Total).With(e.State ?? Old(2, OrderStatus.Confirmed, e.ConfirmedAt)),
        OrderRejected e => EventRecordIds.New(e.OrderId, e.MemberId).With(e.State ?? Old(2, OrderStatus.Rejected, e.RejectedAt, reason: e.Reason)),
        OrderDelivered e => EventRecordIds.New(e.OrderId, e.MemberId).With(e.State ?? Old(4, OrderStatus.Delivered, e.DeliveredAt)),
        OrderCancelled e => EventRecordIds.New(e.OrderId, e.MemberId).With(e.State ?? Old(6, OrderStatus.Cancelled, e.CancelledAt, reason: e.Reason)),
        OrderChanged e => EventRecordIds.New(e.OrderId, e.MemberId).With(e.State),
        _ => PaymentRecords.RecordOf(message) ?? ShipmentRecords.RecordOf(message) ?? throw new ArgumentException($"{message.Descriptor.FullName} is not an event of an order.", nameof(message)),
    };

    private static OrderRecord Contents(string orderId, string memberId, RepeatedField<PricedLine> lines, Common.V1.Money? subtotal, Common.V1.Money? discount, Common.V1.Money total)
    {
        var order = EventRecordIds.New(orderId, memberId);
        // Events from before there were coupons have the total only.
        (order.Currency, order.Subtotal, order.Discount, order.Total) = (total.Currency, subtotal?.Amount ?? total.Amount, discount?.Amount ?? 0, total.Amount);
        order.Lines = [.. lines.Select(line => new RecordedLine(
            Guid.Parse(line.ProductId), line.Names?.Ko ?? line.Name, line.Names?.En, line.Quantity, line.UnitPrice.Amount, line.LineTotal.Amount, line.Discount?.Amount ?? 0))];
        return order;
    }

    /// <summary>
    /// Of an event from before events had the state: its own entry of the timeline. The version is the place that the entry has in the timeline of an order that went the
    /// longest way to it, so that it is not newer than what came after it.
    /// </summary>
    private static OrderState Old(int version, string status, Timestamp at, string? what = null, string? reason = null)
    {
        var state = new OrderState { Version = version, Status = status, Timeline = { new TimelineEntry { At = at, What = what ?? status } } };
        if (reason is not null)
            state.Reason = reason;

        return state;
    }

    /// <summary>
    /// An event's newest entry is as exact as Ordering's clock; in later events the same entry comes from Ordering's database, which keeps microseconds, as this one does.
    /// </summary>
    private static DateTimeOffset Microseconds(Timestamp at)
    {
        var time = at.ToDateTimeOffset();
        return time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private static OrderRecord With(this OrderRecord order, OrderState state)
    {
        // Merged like any other, so that what follows from the timeline is set in one place.
        order.Merge(new()
        {
            Id = order.Id,
            Version = state.Version,
            Status = state.Status,
            Reason = state.HasReason ? state.Reason : null,
            CancelNote = state.CancelNote.Length == 0 ? null : state.CancelNote,
            Timeline = [.. state.Timeline.Select(entry => new RecordedEntry(Microseconds(entry.At), entry.What))],
        });
        return order;
    }
}
