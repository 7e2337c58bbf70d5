using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;

namespace Shop.ServiceDefaults.Paging;

/// <summary>Section <c>PageTokens</c>.</summary>
internal sealed class PageTokenOptions : IValidatableObject
{
    public const string Section = "PageTokens";

    private const int KeyBytes = 32;

    /// <summary>32 bytes in base64, the same for all replicas.</summary>
    [Required]
    public string Key { get; set; } = "";

    public byte[] KeyAsBytes() => Convert.FromBase64String(Key);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Base64.IsValid(Key, out var length) || length < KeyBytes)
            yield return new($"The key must be at least {KeyBytes} bytes in base64.", [nameof(Key)]);
    }
}
