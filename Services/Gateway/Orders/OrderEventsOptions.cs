using System.ComponentModel.DataAnnotations;

namespace Shop.Gateway.Orders;

/// <summary>Section <c>OrderEvents</c>.</summary>
internal sealed class OrderEventsOptions
{
    public const string Section = "OrderEvents";

    /// <summary>How often a stream without changes sends a comment, so that no proxy closes it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan Comment { get; set; } = TimeSpan.FromSeconds(15);
}
