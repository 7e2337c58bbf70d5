using System.Collections.Concurrent;
using Shop.Checker;

namespace Shop.Chaos.Actors;

/// <summary>The products by number, with the prices that were last announced, and how operators changed their stock.</summary>
internal sealed class Products(IReadOnlyList<Guid> ids, IReadOnlyDictionary<Guid, long> initialStock, long price)
{
    private readonly long[] _prices = [.. ids.Select(_ => price)];
    private readonly ConcurrentBag<StockChange> _changes = [];

    public Guid this[int product] => ids[product];

    /// <summary>Initial units on hand.</summary>
    public IReadOnlyDictionary<Guid, long> InitialStock => initialStock;

    public IReadOnlyList<StockChange> Changes => [.. _changes];

    public void Add(StockChange change) => _changes.Add(change);

    public long PriceOf(int product) => Volatile.Read(ref _prices[product]);

    public void SetPrice(int product, long amount) => Volatile.Write(ref _prices[product], amount);
}
