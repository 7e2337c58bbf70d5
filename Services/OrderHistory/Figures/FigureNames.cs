using System.Globalization;
using Shop.OrderHistory.Orders;

namespace Shop.OrderHistory.Figures;

/// <summary>The names of figures in the tables.</summary>
internal static class FigureNames
{
    public const string Placed = "placed";
    public const string Confirmed = "confirmed";
    public const string Rejected = "rejected";
    public const string Cancelled = "cancelled";

    /// <summary>Minor units.</summary>
    public const string Revenue = "revenue";

    private const string RejectedByPrefix = "rejected_by:";
    private const string PlacedToConfirmedPrefix = "placed_to_confirmed:";

    public static string RejectedBy(string reason) => RejectedByPrefix + reason;

    /// <summary>Null: it is no such name.</summary>
    public static string? ReasonOf(string name) => name.StartsWith(RejectedByPrefix, StringComparison.Ordinal) ? name[RejectedByPrefix.Length..] : null;

    /// <param name="bucket">Of <see cref="DurationBuckets"/>.</param>
    public static string PlacedToConfirmed(int bucket) => PlacedToConfirmedPrefix + bucket.ToString(CultureInfo.InvariantCulture);

    /// <summary>Null: it is no such name.</summary>
    public static int? BucketOf(string name) =>
        name.StartsWith(PlacedToConfirmedPrefix, StringComparison.Ordinal) ? int.Parse(name.AsSpan(PlacedToConfirmedPrefix.Length), CultureInfo.InvariantCulture) : null;
}
