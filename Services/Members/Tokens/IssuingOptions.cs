using System.ComponentModel.DataAnnotations;

namespace Shop.Members.Tokens;

/// <summary>Section <c>Tokens</c>, in addition to the settings that every service reads there.</summary>
internal sealed class IssuingOptions : IValidatableObject
{
    public const string Section = "Tokens";

    private const int ShortestSecret = 16;

    [Required]
    public string Issuer { get; set; } = "";

    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The services and their secrets: the clients, and the audiences, of service tokens.</summary>
    public Dictionary<string, string> Clients { get; } = new(StringComparer.Ordinal);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (service, secret) in Clients)
        {
            if (secret.Length < ShortestSecret)
                yield return new($"the secret of {service} must have at least {ShortestSecret} characters", [nameof(Clients)]);
        }
    }
}
