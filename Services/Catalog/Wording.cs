using Shop.Common.V1;

namespace Shop.Catalog;

/// <summary>A text in both languages of the shop.</summary>
internal sealed record Wording(string Ko, string En)
{
    public LocalizedText ToContract() => new() { Ko = Ko, En = En };
}
