namespace Shop.OrderHistory.Rebuilds;

/// <summary>The rows of both tables before they are swapped.</summary>
/// <param name="Before">Of the serving table.</param>
/// <param name="After">Of the new one.</param>
/// <param name="Missing">Orders of the serving table that are not in the new one.</param>
internal sealed record OrderCounts(long Before, long After, long Missing);
