using System.ComponentModel.DataAnnotations;

namespace Shop.Gateway.MissedMessages;

/// <summary>How often the services are queried for a day that is to be compared; each service decides what is due. Configuration section <c>MessageComparison</c>.</summary>
internal sealed class MessageComparisonOptions
{
    public const string Section = "MessageComparison";

    /// <summary>Time between two rounds, and before the first one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(10);
}
