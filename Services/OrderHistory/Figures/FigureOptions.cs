using System.ComponentModel.DataAnnotations;

namespace Shop.OrderHistory.Figures;

/// <summary>Section <c>Figures</c>.</summary>
internal sealed class FigureOptions
{
    public const string Section = "Figures";

    /// <summary>How long figures per minute are kept.</summary>
    [Range(typeof(TimeSpan), "02:00:00", "366.00:00:00")]
    public TimeSpan MinutesRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long figures per day are kept.</summary>
    [Range(typeof(TimeSpan), "2.00:00:00", "36500.00:00:00")]
    public TimeSpan DaysRetention { get; set; } = TimeSpan.FromDays(366);
}
