using Shop.Design.Gateway;
using Shop.Storefront.Catalog;

namespace Shop.Storefront.Baskets;

/// <summary>A line as the API and pages have it; what is not known at the moment is null.</summary>
/// <param name="PriceBefore">The price when it was put in, if it is another one by now.</param>
public sealed record BasketLine(
    string ProductId, string? Name, string? ImageUrl, int Quantity, Money? UnitPrice, Money? LineTotal, ProductStock? Stock, bool Discontinued = false, Money? PriceBefore = null)
{
    /// <summary>Whether an order can have it. Of an unknown stock the order decides.</summary>
    public bool CanBeOrdered => !Discontinued && Stock?.State != "sold_out" && !IsShort;

    /// <summary>There are fewer than that.</summary>
    public bool IsShort => Stock is { State: not "sold_out" } stock && stock.Available < Quantity;
}
