using System.ComponentModel.DataAnnotations;

namespace Shop.Inventory.Reservations;

/// <summary>Configuration section <c>Reservations</c>.</summary>
public sealed class ReservationOptions
{
    public const string Section = "Reservations";

    /// <summary>How long stock is held for an order that does not say.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often overdue reservations are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan ExpiryInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many overdue reservations are released in one transaction.</summary>
    [Range(1, 1_000)]
    public int ExpiryBatch { get; set; } = 100;

    /// <summary>How long a reservation that came to nothing is remembered. Longer than any command for it can be on its way.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a sale is remembered: as long as it can be taken back, for only then it is known what to restock.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan SaleRetention { get; set; } = TimeSpan.FromDays(365);
}
