using Shop.Design.Gateway;

namespace Shop.Storefront.Baskets;

/// <param name="Subtotal">Null: not known at the moment.</param>
/// <param name="IsKeptHere">In the session: of a guest, or while the members' baskets are unavailable.</param>
public sealed record BasketView(IReadOnlyList<BasketLine> Items, Money? Subtotal, IReadOnlyList<string>? Unavailable = null, bool IsKeptHere = false)
{
    /// <summary>Products, not pieces.</summary>
    public int Count => Items.Count;
}
