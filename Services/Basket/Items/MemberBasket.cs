using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Basket.Items;

/// <summary>
/// What a member wants to buy. An increase is an entry of its own with a new version, so an order can name what it took: the entries up to a version.
/// The row is kept when the basket is empty: its version must not begin again.
/// </summary>
internal sealed class MemberBasket
{
    private const int MaxProducts = 50;

    private readonly List<Entry> _entries = [];

    public Guid MemberId { get; init; }

    /// <summary>Grows by one with every entry.</summary>
    public long Version { get; private set; }

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<Entry> Entries => _entries;

    /// <summary>One for each product.</summary>
    public IReadOnlyList<(Guid ProductId, int Quantity)> Items => [.. _entries.GroupBy(entry => entry.ProductId).Select(product => (product.Key, product.Sum(entry => entry.Quantity)))];

    /// <exception cref="RefusedException"><c>basket_full</c>.</exception>
    public void Put(Guid product, int quantity)
    {
        var present = Items.SingleOrDefault(item => item.ProductId == product).Quantity;
        if (quantity < present)
            Reduce(product, present - quantity);
        else if (quantity > present)
            Add(product, quantity - present);
    }

    public void Remove(Guid product) => _entries.RemoveAll(entry => entry.ProductId == product);

    /// <summary>What was in the basket at that version, as far as it still is.</summary>
    public void RemoveUpTo(long version) => _entries.RemoveAll(entry => entry.Version <= version);

    private void Add(Guid product, int quantity)
    {
        if (Items.Count(item => item.ProductId != product) >= MaxProducts)
            throw new RefusedException("basket_full", $"A basket has at most {MaxProducts} products.");

        Version++;
        _entries.Add(new Entry { ProductId = product, Quantity = quantity, Version = Version });
    }

    /// <summary>The newest entries first: a running order has the older ones, and what it has bought cannot be put back.</summary>
    private void Reduce(Guid product, int by)
    {
        foreach (var entry in _entries.Where(entry => entry.ProductId == product).Reverse())
        {
            var taken = Math.Min(entry.Quantity, by);
            entry.Quantity -= taken;
            by -= taken;
        }

        _entries.RemoveAll(entry => entry.Quantity == 0);
    }
}
