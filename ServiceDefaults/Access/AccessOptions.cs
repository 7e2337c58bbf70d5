using System.ComponentModel.DataAnnotations;

namespace Shop.ServiceDefaults.Access;

/// <summary>Section <c>Tokens</c>: whose tokens count here, and who this service is to others.</summary>
internal sealed class AccessOptions
{
    public const string Section = "Tokens";

    /// <summary>The audience of every member's token.</summary>
    public const string ShopAudience = "shop";

    [Required]
    public string Issuer { get; set; } = "";

    /// <summary>This service's name: the audience of tokens that services use to call it, and its own name when it asks for one.</summary>
    [Required]
    public string ClientId { get; set; } = "";

    /// <summary>Proves to Members who asks for a service token. Needed by services that call others.</summary>
    public string? ClientSecret { get; set; }

    [Required]
    public Uri JwksAddress { get; set; } = new("http://_http.members/.well-known/jwks.json");

    /// <summary>How long past its expiry a token still counts: clocks differ, and a request takes its time.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Keys older than this are fetched again, so that a key that was taken back stops counting.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan KeyCacheDuration { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Keys are not fetched more often than this, whatever key ids strangers invent.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan KeyRefreshInterval { get; set; } = TimeSpan.FromSeconds(5);
}
