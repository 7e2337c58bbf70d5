using Microsoft.EntityFrameworkCore;

namespace Shop.Inventory.Stock;

/// <summary>
/// An operator who adds a product sets its stock next, and may be faster than the event that creates the stock row. So a request for a product whose id was made
/// within the last minutes waits for that row. Ids are UUIDv7 and contain their time; any other unknown id is answered at once.
/// </summary>
internal sealed class NewProductWait(InventoryDb db, TimeProvider clock)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    // Catalog's clock wrote the time; it may be five minutes ahead of or behind ours.
    private static readonly TimeSpan NewFor = TimeSpan.FromMinutes(6);

    public async Task WaitForStockRowAsync(Guid productId, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        while (!await db.Stock.AnyAsync(stock => stock.ProductId == productId, cancel) && WasJustMade(productId) && clock.GetElapsedTime(started) < Timeout)
            await Task.Delay(PollInterval, clock, cancel);
    }

    private bool WasJustMade(Guid id)
    {
        var bytes = id.ToByteArray(bigEndian: true);
        var milliseconds = bytes.Take(6).Aggregate(0L, (time, next) => time << 8 | next);
        return id.Version == 7 && (clock.GetUtcNow().ToUnixTimeMilliseconds() - milliseconds) is var age && Math.Abs(age) < NewFor.TotalMilliseconds;
    }
}
