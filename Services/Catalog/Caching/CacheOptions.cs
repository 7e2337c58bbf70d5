using System.ComponentModel.DataAnnotations;

namespace Shop.Catalog.Caching;

/// <summary>Configuration section <c>Catalog:Cache</c>.</summary>
internal sealed class CacheOptions
{
    public const string Section = "Catalog:Cache";

    /// <summary>How long an entry may be used, counted from the start of its query: the maximum age of a price if the signal of its change is lost. Zero turns the cache off.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:04")]
    public TimeSpan Life { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The maximum number of cached products, in one language each.</summary>
    [Range(1, 1_000_000)]
    public int Products { get; set; } = 5_000;

    /// <summary>The maximum number of cached first pages.</summary>
    [Range(1, 100_000)]
    public int Pages { get; set; } = 500;
}
