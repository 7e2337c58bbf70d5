namespace Shop.Catalog.Seed;

/// <summary>Configuration section <c>Catalog</c>.</summary>
internal sealed class SeedOptions
{
    public const string Section = "Catalog";

    /// <summary>Whether an empty catalog is filled with the sample products. By default only in Development.</summary>
    public bool? Seed { get; set; }
}
