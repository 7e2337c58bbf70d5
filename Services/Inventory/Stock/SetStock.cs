using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Shop.Inventory.V1;
using Shop.Messaging;
using Shop.ServiceDefaults;

namespace Shop.Inventory.Stock;

/// <summary>An operator has counted the shelf. What is reserved is promised: the shelf cannot hold less.</summary>
public sealed class SetStock(InventoryDb db, Newcomer newcomer, TimeProvider clock)
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
            var stock = await db.Stock.FromSql($"select * from stock where product_id = {productId} for update").SingleOrDefaultAsync(token)
                ?? throw new NotFoundException("No such product.");
            if (request.OnHand < stock.Reserved)
                throw new RefusedException("below_reserved", $"{stock.Reserved} are reserved by orders; there cannot be fewer.");

            var before = stock.Available;
            if (!stock.Count(request.OnHand, clock.GetUtcNow()))
                return;

            db.Publish(stock.Changed());
            MoveStock.Tell(db, request.ProductId, before, stock.Available, stock.ChangedAt.ToTimestamp());
        }, cancel);
        return new();
    }
}
