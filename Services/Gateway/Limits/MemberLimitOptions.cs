using System.ComponentModel.DataAnnotations;

namespace Shop.Gateway.Limits;

/// <summary>Section <c>MemberLimit</c>.</summary>
internal sealed class MemberLimitOptions
{
    public const string Section = "MemberLimit";

    /// <summary>Requests of one member in <see cref="Window"/>, per replica of the gateway.</summary>
    [Range(1, 1_000_000)]
    public int Requests { get; set; } = 600;

    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many streams of events one member may have open, per replica of the gateway.</summary>
    [Range(1, 10_000)]
    public int Streams { get; set; } = 20;
}
