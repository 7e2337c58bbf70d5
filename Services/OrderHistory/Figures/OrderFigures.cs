using Shop.OrderHistory.Orders;

namespace Shop.OrderHistory.Figures;

/// <summary>What one order adds to a figure.</summary>
/// <param name="At">When it happened, by Ordering's clock.</param>
internal readonly record struct OrderFigure(DateTimeOffset At, string Name, long Value);

/// <summary>
/// What an order adds to the figures is a function of its row, and grows with it: the figures are what all rows add, whatever the order of events and however often they
/// come. The projection adds the difference that an event makes, the rebuild the whole.
/// </summary>
internal static class OrderFigures
{
    public static IReadOnlyList<OrderFigure> Of(OrderRecord order)
    {
        if (order is not { IsWhole: true, PlacedAt: { } placedAt })
            return [];

        var figures = new List<OrderFigure>(4) { new(placedAt, FigureNames.Placed, 1) };
        if (order.ConfirmedAt is { } confirmedAt)
        {
            figures.Add(new(confirmedAt, FigureNames.Confirmed, 1));
            figures.Add(new(confirmedAt, FigureNames.Revenue, order.Total!.Value));
            figures.Add(new(confirmedAt, FigureNames.PlacedToConfirmed(order.ConfirmedAfter ?? 0), 1));
        }
        if (order.RejectedAt is { } rejectedAt)
        {
            figures.Add(new(rejectedAt, FigureNames.Rejected, 1));
            figures.Add(new(rejectedAt, FigureNames.RejectedBy(order.Reason ?? "unknown"), 1));
        }
        if (order.CancelledAt is { } cancelledAt)
            figures.Add(new(cancelledAt, FigureNames.Cancelled, 1));

        return figures;
    }
}
