using Shop.Inventory.V1;
using Shop.Messaging;
using Shop.ServiceDefaults;

namespace Shop.Inventory.Stock;

/// <summary>An operator has counted the shelf. What is reserved is promised: the shelf cannot hold less.</summary>
public sealed class SetStock(InventoryDb db, Newcomer newcomer)
{
    private const long Most = 1_000_000_000;

    public async Task<SetStockResponse> HandleAsync(SetStockRequest request, CancellationToken cancel)
    {
        var productId = Guid.TryParse(request.ProductId, out var known) ? known : throw new NotFoundException("No such product.");
        var check = new Check();
        check.Range("onHand", request.OnHand, 0, Most);
        check.ThrowIfAny();

        await newcomer.ArrivesAsync(productId, cancel);
        await db.InTransactionAsync(async token =>
        {
            var stock = await LockedStock.LockAsync(db, [productId], token);
            var item = stock.Find(productId) ?? throw new NotFoundException("No such product.");
            if (request.OnHand < item.Reserved)
                throw new RefusedException("below_reserved", $"{item.Reserved} are reserved by orders; there cannot be fewer.");

            item.Count(request.OnHand);
            stock.Tell();
        }, cancel);
        return new();
    }
}
