using System.ComponentModel.DataAnnotations;

namespace Shop.Members.Sessions;

/// <summary>Section <c>Sessions</c>.</summary>
public sealed class RefreshOptions
{
    /// <summary>How long a refresh token can be used. Every refresh begins it anew.</summary>
    [Range(typeof(TimeSpan), "00:15:00", "365.00:00:00")]
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(14);
}
