using Npgsql;
using Shop.Persistence.Replicas;

namespace Shop.Catalog.Caching;

/// <summary>
/// Signals to all replicas which products have just changed, within a millisecond or two, after the commit. A signal can be lost; then an answer's short life bounds
/// how long it is wrong.
/// </summary>
public sealed partial class ProductChanges(CatalogCache cache, ReplicaSignals signals, ILogger<ProductChanges> logger)
{
    internal const string Channel = "shop_catalog_products";

    // A payload holds fewer than 8,000 bytes.
    private const int MostNamed = 200;
    private const string Many = "*";

    /// <summary>Call it when the change is committed. Here the old is forgotten at once; elsewhere when the word arrives, which was sent before this returns.</summary>
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
            // The change itself is made, and its caller is to know that.
            LogNotTold(failure, products.Count);
        }
    }

    /// <returns>Null for more than a notification can name.</returns>
    internal static IReadOnlyList<Guid>? Read(string payload) => payload == Many ? null : [.. payload.Split(',').Select(Guid.Parse)];

    private static string Written(IReadOnlyCollection<Guid> products) => products.Count > MostNamed ? Many : string.Join(',', products);

    [LoggerMessage(LogLevel.Warning, "Other replicas were not told that {Count} products changed; they see it when their answers grow old")]
    private partial void LogNotTold(Exception failure, int count);
}
