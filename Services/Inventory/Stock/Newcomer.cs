using Microsoft.EntityFrameworkCore;

namespace Shop.Inventory.Stock;

/// <summary>
/// Whoever adds a product wants to set its stock next, and may be faster than the event that opens its row. So one with an id of just now is waited for.
/// Ids are UUIDv7 and tell their time: for any other unknown id nobody waits.
/// </summary>
public sealed class Newcomer(InventoryDb db, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // Catalog's clock wrote the time, and it may be five minutes away from ours.
    private static readonly TimeSpan IsNew = TimeSpan.FromMinutes(6);

    public async Task ArrivesAsync(Guid productId, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        while (!await db.Stock.AnyAsync(stock => stock.ProductId == productId, cancel) && WasJustMade(productId) && clock.GetElapsedTime(started) < Patience)
            await Task.Delay(Pause, clock, cancel);
    }

    private bool WasJustMade(Guid id)
    {
        var bytes = id.ToByteArray(bigEndian: true);
        var milliseconds = bytes.Take(6).Aggregate(0L, (time, next) => time << 8 | next);
        return id.Version == 7 && (clock.GetUtcNow().ToUnixTimeMilliseconds() - milliseconds) is var age && Math.Abs(age) < IsNew.TotalMilliseconds;
    }
}
