using Shop.Design.Gateway;

namespace Shop.Console.Home;

/// <summary>The API's figures. Parts are null while their service is unavailable.</summary>
/// <param name="PerMinute">The last 60 minutes, oldest first.</param>
/// <param name="Today">Since midnight, UTC.</param>
/// <param name="RejectedBy">In the last 60 minutes, by reason.</param>
public sealed record Figures(
    IReadOnlyList<MinuteFigures>? PerMinute, OrderFigures? Today, IReadOnlyDictionary<string, long>? RejectedBy, Percentiles? PlacedToConfirmedMs, Lag Lag, long? OverdueSagas, long? DeadLetters,
    IReadOnlyList<string> Unavailable);

/// <summary>What happened to orders in a minute.</summary>
public sealed record MinuteFigures(DateTimeOffset Minute, long Placed, long Confirmed, long Rejected, long Cancelled, Money Revenue);

/// <summary>What happened to orders in a time.</summary>
/// <param name="Revenue">Of confirmed orders; refunds are not subtracted.</param>
public sealed record OrderFigures(long Placed, long Confirmed, long Rejected, long Cancelled, Money Revenue);

/// <summary>Milliseconds; null where no order was confirmed.</summary>
public sealed record Percentiles(double? P50, double? P95, double? P99);

/// <summary>By service; null: unavailable.</summary>
/// <param name="Outbox">Events that are not published yet.</param>
/// <param name="Consumers">Events that are not handled yet.</param>
public sealed record Lag(IReadOnlyDictionary<string, long?> Outbox, IReadOnlyDictionary<string, long?> Consumers);
