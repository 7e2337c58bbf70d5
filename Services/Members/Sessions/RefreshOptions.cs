using System.ComponentModel.DataAnnotations;

namespace Shop.Members.Sessions;

/// <summary>Section <c>Sessions</c>.</summary>
internal sealed class RefreshOptions
{
    public const string Section = "Sessions";

    /// <summary>How long a refresh token is valid. Every refresh issues a token with a new lifetime.</summary>
    [Range(typeof(TimeSpan), "00:15:00", "365.00:00:00")]
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(14);
}
