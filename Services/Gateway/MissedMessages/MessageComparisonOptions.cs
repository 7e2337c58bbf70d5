using System.ComponentModel.DataAnnotations;

namespace Shop.Gateway.MissedMessages;

/// <summary>How often the services are asked whether a day is to be compared; what is due, each service decides. Configuration section <c>MessageComparison</c>.</summary>
internal sealed class MessageComparisonOptions
{
    public const string Section = "MessageComparison";

    /// <summary>Time between two rounds, and before the first one.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(10);
}
