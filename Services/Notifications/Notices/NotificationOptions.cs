using System.ComponentModel.DataAnnotations;

namespace Shop.Notifications.Notices;

/// <summary>Configuration section <c>Notifications</c>.</summary>
internal sealed class NotificationOptions
{
    public const string Section = "Notifications";

    /// <summary>How long notifications are kept, read or not, also those that wait for a registration. Longer than an event can be delivered again: it would be notified again.</summary>
    [Range(typeof(TimeSpan), "30.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(365);
}
