using System.ComponentModel.DataAnnotations;
using System.Text;

namespace Shop.ServiceDefaults.Paging;

/// <summary>Section <c>PageTokens</c>.</summary>
internal sealed class PageTokenOptions
{
    public const string Section = "PageTokens";

    /// <summary>A secret of at least 32 characters, the same for all replicas.</summary>
    [Required]
    [MinLength(32)]
    public string Key { get; set; } = "";

    public byte[] KeyAsBytes() => Encoding.UTF8.GetBytes(Key);
}
