using System.ComponentModel.DataAnnotations;

namespace Shop.Messaging.Comparison;

/// <summary>When a consumer's days are compared with what was published. Configuration section <c>Messaging:Comparison</c>.</summary>
internal sealed class ComparisonOptions
{
    public const string Section = MessagingOptions.Section + ":Comparison";

    /// <summary>A day (UTC) is compared when this time has passed since its beginning: by default an hour after its end, so that its last events have arrived.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "2.00:00:00")]
    public TimeSpan After { get; set; } = TimeSpan.FromHours(25);

    /// <summary>How many days back are compared, should the comparison not have run. Less than the retention of the outbox: older events cannot be published again.</summary>
    [Range(1, 30)]
    public int Days { get; set; } = 3;

    /// <summary>How long one comparison may take before another may begin in its place.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>When a day with missing or unpublished events is compared again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan RepeatAfter { get; set; } = TimeSpan.FromHours(1);
}
