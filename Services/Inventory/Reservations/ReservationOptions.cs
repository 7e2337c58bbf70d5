using System.ComponentModel.DataAnnotations;

namespace Shop.Inventory.Reservations;

/// <summary>Configuration section <c>Reservations</c>.</summary>
internal sealed class ReservationOptions
{
    public const string Section = "Reservations";

    /// <summary>The lifetime of a reservation whose request has none.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The interval of the query for overdue reservations.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan ExpiryInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The number of overdue reservations released in one transaction.</summary>
    [Range(1, 1_000)]
    public int ExpiryBatch { get; set; } = 100;

    /// <summary>How long a released, expired or restocked reservation is kept: longer than a command for it can be in flight.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a sale is kept: as long as it can be restocked, since a restock reads its lines.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan SaleRetention { get; set; } = TimeSpan.FromDays(365);
}
