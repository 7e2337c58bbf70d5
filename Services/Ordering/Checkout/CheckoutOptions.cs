using System.ComponentModel.DataAnnotations;

namespace Shop.Ordering.Checkout;

/// <summary>Section <c>Checkout</c>.</summary>
internal sealed class CheckoutOptions
{
    public const string Section = "Checkout";

    /// <summary>How long a checkout may take. Past it, and before the money is taken, everything is undone and the order is rejected as <c>timed_out</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How much longer than the checkout its reservation holds, so that it never expires under a checkout that is still allowed to end well.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")]
    public TimeSpan ReservationMargin { get; set; } = TimeSpan.FromMinutes(5);
}
