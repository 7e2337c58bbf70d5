using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Shop.Gateway.Reviews;

namespace Shop.Gateway.Products;

/// <summary>A product's own page: the product with its first reviews.</summary>
internal sealed record ProductPageView : ProductView
{
    [SetsRequiredMembers]
    public ProductPageView(ProductView product, IReadOnlyList<ReviewView>? reviews) : base(product) => Reviews = reviews;

    /// <summary>The newest ones; null when Reviews is unavailable.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<ReviewView>? Reviews { get; init; }
}
