namespace Shop.Inventory.Seed;

/// <summary>Configuration section <c>Inventory</c>.</summary>
internal sealed class SeedOptions
{
    public const string Section = "Inventory";

    /// <summary>Whether the sample products get an opening stock. By default only in Development.</summary>
    public bool? Seed { get; set; }
}
