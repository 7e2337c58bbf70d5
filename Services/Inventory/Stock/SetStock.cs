using Shop.Inventory.V1;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Inventory.Stock;

/// <summary>Sets the counted on-hand stock of a product. It cannot be less than what is reserved.</summary>
internal sealed class SetStock(InventoryDb db, NewProductWait newProduct)
{
    private const long MaxOnHand = 1_000_000_000;
    private const int MaxVersions = 100;

    public async Task<SetStockResponse> HandleAsync(SetStockRequest request, CancellationToken cancel)
    {
        await SetAsync(request.ProductId, request.OnHand, versions: null, cancel);
        return new();
    }

    /// <summary>Sets it only if the stock has one of the given versions: the count is wrong after any change.</summary>
    public async Task<SetStockIfUnchangedResponse> HandleAsync(SetStockIfUnchangedRequest request, CancellationToken cancel)
    {
        await SetAsync(request.ProductId, request.OnHand, request.Versions, cancel);
        return new();
    }

    private async Task SetAsync(string product, long onHand, IReadOnlyCollection<long>? versions, CancellationToken cancel)
    {
        var productId = Check.Uuid(product) ?? throw new NotFoundException("No such product.");
        var check = new Check();
        check.Range("onHand", onHand, 0, MaxOnHand);
        check.That(versions is null or { Count: >= 1 and <= MaxVersions }, "versions", $"must be 1 to {MaxVersions}");
        check.ThrowIfAny();

        await newProduct.WaitForStockRowAsync(productId, cancel);
        await db.InTransactionAsync(async token =>
        {
            var stock = await LockedStock.LockAsync(db, [productId], token);
            var item = stock.Find(productId) ?? throw new NotFoundException("No such product.");
            if (versions?.Contains(item.Version) == false)
                throw new ConflictException("stock_moved", "The stock has changed since it was read.");
            if (onHand < item.Reserved)
                throw new RefusedException("below_reserved", $"{item.Reserved} are reserved by orders; on hand cannot be less.");

            item.Count(onHand);
            stock.PublishChanges();
        }, cancel);
    }
}
