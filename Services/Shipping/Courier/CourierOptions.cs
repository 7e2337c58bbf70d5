using System.ComponentModel.DataAnnotations;

namespace Shop.Shipping.Courier;

/// <summary>Configuration section <c>Courier</c>.</summary>
internal sealed class CourierOptions
{
    public const string Section = "Courier";

    [EnumDataType(typeof(CourierPace))]
    public CourierPace Pace { get; set; } = CourierPace.Automatic;

    /// <summary>How long after its creation a shipment is dispatched.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan DispatchAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after its dispatch a shipment is delivered.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan DeliverAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The least time between two queries for due shipments: so many of them change together.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many shipments change in one transaction.</summary>
    [Range(1, 1_000)]
    public int Batch { get; set; } = 100;
}
