using Microsoft.EntityFrameworkCore;
using Shop.Inventory.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Inventory.Stock;

/// <summary>The current stock of many products. Unknown products are left out.</summary>
internal sealed class GetStock(InventoryDb db)
{
    private const int MaxIds = 100;

    public async Task<GetStockResponse> HandleAsync(GetStockRequest request, CancellationToken cancel)
    {
        if (request.ProductIds.Count > MaxIds)
            throw new InvalidException("productIds", $"must be at most {MaxIds}");

        var ids = request.ProductIds.Select(id => Check.Uuid(id) ?? Guid.Empty).Distinct().ToList();
        var items = await db.Stock.AsNoTracking().Where(stock => ids.Contains(stock.ProductId)).ToListAsync(cancel);
        return new()
        {
            Stock =
            {
                items.Select(item => new V1.Stock
                {
                    ProductId = item.ProductId.ToString(),
                    OnHand = item.OnHand,
                    Reserved = item.Reserved,
                    Available = item.Available,
                    Version = item.Version,
                }),
            },
        };
    }
}
