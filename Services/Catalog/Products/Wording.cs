using Shop.Common.V1;

namespace Shop.Catalog.Products;

/// <summary>The same text in both languages of the shop, whole or not at all.</summary>
public sealed record Wording(string Ko, string En)
{
    public LocalizedText ToContract() => new() { Ko = Ko, En = En };
}
