using Shop.Persistence.Replicas;

namespace Shop.Catalog.Caching;

/// <summary>Removes from this replica's cache what other replicas have changed. While it cannot listen, the entries' lifetime bounds how long they are stale.</summary>
internal sealed class ProductChangeListener(CatalogCache cache) : ISignalListener
{
    public string Channel => ProductChanges.Channel;

    // Signals may have been missed.
    public void ListeningBegan() => cache.RemoveAll();

    public void Signalled(string payload)
    {
        if (ProductChanges.Read(payload) is { } products)
            cache.Remove(products);
        else
            cache.RemoveAll();
    }
}
