using Shop.OrderHistory.V1;

namespace Shop.Gateway.Operators.History;

/// <param name="Revenue">The sum of the totals of confirmed orders; refunds are not subtracted.</param>
internal record FiguresOfOrders(long Placed, long Confirmed, long Rejected, long Cancelled, Money Revenue)
{
    public static FiguresOfOrders Of(Figures figures) => new(figures.Placed, figures.Confirmed, figures.Rejected, figures.Cancelled, Money.Of(figures.Revenue));
}

internal sealed record FiguresOfMinute(DateTime Minute, long Placed, long Confirmed, long Rejected, long Cancelled, Money Revenue)
{
    public static FiguresOfMinute Of(MinuteFigures minute)
    {
        var figures = FiguresOfOrders.Of(minute.Figures);
        return new(minute.Minute.ToDateTime(), figures.Placed, figures.Confirmed, figures.Rejected, figures.Cancelled, figures.Revenue);
    }
}

/// <summary>In milliseconds, exact to about 12 %; null where no order was confirmed.</summary>
internal sealed record PercentilesView(double? P50, double? P95, double? P99)
{
    public static PercentilesView Of(Percentiles? percentiles) => new(percentiles?.P50, percentiles?.P95, percentiles?.P99);
}

/// <summary>How far services are behind, by their names; null: that service, or the broker, is unavailable.</summary>
/// <param name="Outbox">Committed events that are not published yet.</param>
/// <param name="Consumers">Events on the topics that the service has not handled yet.</param>
internal sealed record LagView(IReadOnlyDictionary<string, long?> Outbox, IReadOnlyDictionary<string, long?> Consumers);

/// <param name="PerMinute">The last 60 minutes, oldest first.</param>
/// <param name="Today">Since midnight, UTC.</param>
/// <param name="RejectedBy">Orders rejected in the last 60 minutes, by reason.</param>
/// <param name="PlacedToConfirmedMs">Of the orders confirmed in the last 60 minutes.</param>
/// <param name="OverdueSagas">Unfinished past their deadline.</param>
/// <param name="DeadLetters">Parked events of all services.</param>
/// <param name="Unavailable">Whom parts are missing from: those parts are null.</param>
internal sealed record FiguresView(
    IReadOnlyList<FiguresOfMinute>? PerMinute,
    FiguresOfOrders? Today,
    IReadOnlyDictionary<string, long>? RejectedBy,
    PercentilesView? PlacedToConfirmedMs,
    LagView Lag,
    long? OverdueSagas,
    long? DeadLetters,
    IReadOnlyList<string> Unavailable);
