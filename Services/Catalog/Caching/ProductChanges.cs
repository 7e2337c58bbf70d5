using Npgsql;
using Shop.Persistence.Replicas;

namespace Shop.Catalog.Caching;

/// <summary>
/// Signals changed products to all replicas after the commit, within 1 to 2 ms. A signal can be lost; then the entries' lifetime bounds how long they are stale.
/// </summary>
internal sealed partial class ProductChanges(CatalogCache cache, ReplicaSignals signals, ILogger<ProductChanges> logger)
{
    internal const string Channel = "shop_catalog_products";

    // A payload holds fewer than 8,000 bytes.
    private const int MaxNamed = 200;
    private const string Many = "*";

    /// <summary>Call it after the commit. Removes the products from this replica's cache at once. The signal to other replicas is sent before this returns.</summary>
    public async Task NotifyAsync(params IReadOnlyCollection<Guid> products)
    {
        if (products.Count == 0)
            return;

        cache.Remove(products);
        try
        {
            await signals.SendAsync(Channel, Written(products), CancellationToken.None);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            // The change is committed, so its caller must not get an error.
            LogNotSignalled(failure, products.Count);
        }
    }

    /// <returns>Null: more products than a payload can list.</returns>
    internal static IReadOnlyList<Guid>? Read(string payload) => payload == Many ? null : [.. payload.Split(',').Select(Guid.Parse)];

    private static string Written(IReadOnlyCollection<Guid> products) => products.Count > MaxNamed ? Many : string.Join(',', products);

    [LoggerMessage(LogLevel.Warning, "The change of {Count} products could not be signalled to other replicas; they see it when their cache entries expire")]
    private partial void LogNotSignalled(Exception failure, int count);
}
