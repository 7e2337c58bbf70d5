using System.ComponentModel.DataAnnotations;

namespace Shop.ServiceDefaults.Access;

/// <summary>Section <c>Tokens</c>: the accepted issuer and this service's identity.</summary>
internal sealed class AccessOptions
{
    public const string Section = "Tokens";

    /// <summary>The audience of every member's token.</summary>
    public const string ShopAudience = "shop";

    [Required]
    public string Issuer { get; set; } = "";

    /// <summary>This service's name: the audience of tokens for calls to it, and its client id when it requests tokens.</summary>
    [Required]
    public string ClientId { get; set; } = "";

    /// <summary>Authenticates the service at Members when it requests tokens. Required in services that call others.</summary>
    public string? ClientSecret { get; set; }

    [Required]
    public Uri JwksAddress { get; set; } = new("http://_http.members/.well-known/jwks.json");

    /// <summary>How long a token is accepted after its expiry, for clock differences and the duration of a request.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Keys older than this are fetched again, so that a withdrawn key is no longer accepted.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan KeyCacheDuration { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The shortest interval between fetches of keys, whatever unknown key ids arrive.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan KeyRefreshInterval { get; set; } = TimeSpan.FromSeconds(5);
}
