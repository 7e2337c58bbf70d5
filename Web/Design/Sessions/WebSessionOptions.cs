using System.ComponentModel.DataAnnotations;

namespace Shop.Design.Sessions;

/// <summary>Section <c>Sessions</c>.</summary>
internal sealed class WebSessionOptions
{
    public const string Section = "Sessions";

    /// <summary>Encrypts the keys that encrypt tokens and sign forms, in the program's database. At least 32 characters, the same in all replicas.</summary>
    [Required, MinLength(32)]
    public string EncryptionKey { get; set; } = "";

    /// <summary>How long a guest's basket is kept after its last change.</summary>
    [Range(typeof(TimeSpan), "00:15:00", "365.00:00:00")]
    public TimeSpan GuestLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a member stays signed in without a visit. Longer than a refresh token is valid makes no difference.</summary>
    [Range(typeof(TimeSpan), "00:15:00", "365.00:00:00")]
    public TimeSpan MemberLifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>An access token is renewed this long before it expires.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan RenewBefore { get; set; } = TimeSpan.FromSeconds(30);
}
