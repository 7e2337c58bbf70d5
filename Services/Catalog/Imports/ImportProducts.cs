using Microsoft.EntityFrameworkCore;
using Shop.Catalog.Caching;
using Shop.Catalog.Search;
using Shop.Catalog.V1;
using Shop.Messaging;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.WarmUp;

namespace Shop.Catalog.Imports;

/// <summary>
/// Imports one batch, in one short transaction with its events. Products are identified by SKU, so an import is idempotent: after an interruption the whole file is
/// sent again, and each existing product costs one lookup.
/// </summary>
internal sealed class ImportProducts(CatalogDb db, ImportThrottle throttle, ProductChanges changes, TimeProvider clock)
{
    private const int MaxProducts = 100;

    // "catimpor": without the lock, two concurrent imports of a new SKU would both add it.
    private const long LockKey = 0x636174696d706f72;

    public Task<ImportProductsResponse> HandleAsync(ImportProductsRequest request, CancellationToken cancel)
    {
        if (request.Products.Count > MaxProducts)
            throw new InvalidException("products", $"must be at most {MaxProducts}");

        return throttle.RunAsync(() => ImportAsync(request, cancel), cancel);
    }

    private async Task<ImportProductsResponse> ImportAsync(ImportProductsRequest request, CancellationToken cancel)
    {
        var categories = await db.Categories.Select(category => category.Id).ToHashSetAsync(cancel);
        var batch = ImportBatch.Read(request.Products, categories);

        var (added, changed, refused) = await db.InTransactionAsync(token => StoreAsync(batch.Lines, token), cancel);
        await changes.NotifyAsync([.. added, .. changed]);
        return new()
        {
            Added = added.Count,
            Changed = changed.Count,
            Unchanged = batch.Lines.Count - added.Count - changed.Count - refused.Count,
            Refused = { batch.Refused, refused },
        };
    }

    private async Task<(IReadOnlyList<Guid> Added, IReadOnlyList<Guid> Changed, IReadOnlyList<RefusedField> Refused)> StoreAsync(
        IReadOnlyList<ImportLine> lines, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockKey})", cancel);
        var skus = lines.Select(line => line.Sku).ToList();
        var known = await db.Products.AsNoTracking().Where(product => skus.Contains(product.Sku!)).ToDictionaryAsync(product => product.Sku!, cancel);
        var lookalikes = await LookalikesAsync(lines.Where(line => !known.ContainsKey(line.Sku)), cancel);
        var unknown = lines.Where(line => !known.ContainsKey(line.Sku) && !lookalikes.ContainsKey(line.SkuLookalike)).ToList();
        var different = lines.Where(line => known.TryGetValue(line.Sku, out var product) && line.Differs(product)).ToDictionary(line => known[line.Sku].Id);
        var refused = lines.Where(line => !known.ContainsKey(line.Sku) && lookalikes.ContainsKey(line.SkuLookalike)).Select(line => new RefusedField
        {
            Index = line.Index,
            Field = "sku",
            Message = $"is the SKU {lookalikes[line.SkuLookalike]} of another product, in other letters",
        }).ToList();

        return (Add(unknown), await ChangeAsync(different, cancel), refused);
    }

    /// <summary>Existing SKUs with the same look as the lines', by lookalike.</summary>
    private Task<Dictionary<string, string>> LookalikesAsync(IEnumerable<ImportLine> lines, CancellationToken cancel)
    {
        var lookalikes = lines.Select(line => line.SkuLookalike).ToList();
        return db.Products.Where(product => lookalikes.Contains(product.SkuLookalike!)).ToDictionaryAsync(product => product.SkuLookalike!, product => product.Sku!, cancel);
    }

    private List<Guid> Add(List<ImportLine> lines) => lines.ConvertAll(line =>
    {
        var product = line.ToProduct(Guid.CreateVersion7(clock.GetUtcNow()));
        db.Products.Add(product);
        db.SearchDocuments.Add(SearchDocument.Of(product.Id, product.Name, product.Description));
        db.Publish(product.Added(clock.GetUtcNow()));
        return product.Id;
    });

    private async Task<IReadOnlyList<Guid>> ChangeAsync(Dictionary<Guid, ImportLine> lines, CancellationToken cancel)
    {
        if (lines.Count == 0)
            return [];

        // Locked and read again, since an operator may change them concurrently. In the order of the ids, to avoid deadlocks.
        var ids = lines.Keys.Order().ToList();
        await db.Database.ExecuteSqlAsync($"select from products where id = any({ids}) order by id for update", cancel);
        var products = await db.Products.Where(product => ids.Contains(product.Id)).ToListAsync(cancel);
        var documents = await db.SearchDocuments.Where(document => ids.Contains(document.ProductId)).ToDictionaryAsync(document => document.ProductId, cancel);

        var changed = products.Where(product => lines[product.Id].Apply(product)).ToList();
        foreach (var product in changed)
        {
            documents.GetValueOrDefault(product.Id)?.Describe(product.Name, product.Description);
            db.Publish(product.Changed(clock.GetUtcNow()));
        }

        return changed.ConvertAll(product => product.Id);
    }
}
