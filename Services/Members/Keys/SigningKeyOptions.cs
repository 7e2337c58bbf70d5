using System.ComponentModel.DataAnnotations;

namespace Shop.Members.Keys;

/// <summary>Section <c>SigningKeys</c>.</summary>
internal sealed class SigningKeyOptions : IValidatableObject
{
    public const string Section = "SigningKeys";

    /// <summary>
    /// A secret of at least 32 characters that encrypts the private keys in the database. Base64 of 32 bytes is used as the key itself; from any other text
    /// the key is derived.
    /// </summary>
    [Required]
    [MinLength(32)]
    public string EncryptionKey { get; set; } = "";

    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan RotationInterval { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a new key is published before it signs: longer than any client caches a key set.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00")]
    public TimeSpan PublishBefore { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long a key stays published after the next one signs: longer than the lifetime of a token (<see cref="Tokens.IssuingOptions"/>).</summary>
    [Range(typeof(TimeSpan), "02:00:00", "30.00:00:00")]
    public TimeSpan KeepAfter { get; set; } = TimeSpan.FromDays(1);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublishBefore >= RotationInterval)
            yield return new($"must be shorter than {nameof(RotationInterval)}", [nameof(PublishBefore)]);
    }
}
