using Microsoft.EntityFrameworkCore;
using Shop.Catalog.Ratings;
using Shop.Catalog.Stock;
using Shop.Catalog.V1;
using Shop.Common.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Catalog.Products;

/// <summary>Products in one language, with category, stock and rating, read in one query.</summary>
internal sealed class ProductViews(CatalogDb db)
{
    private sealed record Row(
        Guid Id, string NameKo, string NameEn, string Name, string Description, string CategoryId, string CategoryName, long Price, string Currency, string ImageUrl, bool IsDiscontinued,
        long? Available, long? Stars, int? Ratings);

    public async Task<V1.Product> GetAsync(Guid id, Language language, CancellationToken cancel) =>
        (await ToListAsync(db.Products.Where(product => product.Id == id), language, cancel)).SingleOrDefault()
        ?? throw new NotFoundException("No such product.");

    /// <summary>In the order of <paramref name="products"/>.</summary>
    public async Task<List<V1.Product>> ToListAsync(IQueryable<Product> products, Language language, CancellationToken cancel)
    {
        var english = language == Language.En;
        var rows = await products.AsNoTracking()
            .Select(product => new Row(
                product.Id,
                product.Name.Ko,
                product.Name.En,
                english ? product.Name.En : product.Name.Ko,
                english ? product.Description.En : product.Description.Ko,
                product.CategoryId,
                english ? product.Category.NameEn : product.Category.NameKo,
                product.Price,
                product.Currency,
                product.ImageUrl,
                product.DiscontinuedAt != null,
                db.Stock.Where(stock => stock.ProductId == product.Id).Select(stock => (long?)stock.Available).SingleOrDefault(),
                db.Ratings.Where(rating => rating.ProductId == product.Id).Select(rating => (long?)rating.Stars).SingleOrDefault(),
                db.Ratings.Where(rating => rating.ProductId == product.Id).Select(rating => (int?)rating.Count).SingleOrDefault()))
            .ToListAsync(cancel);
        return rows.ConvertAll(ToContract);
    }

    private static V1.Product ToContract(Row row) => new()
    {
        Id = row.Id.ToString(),
        Name = row.Name,
        Names = new() { Ko = row.NameKo, En = row.NameEn },
        Description = row.Description,
        Category = new() { Id = row.CategoryId, Name = row.CategoryName },
        Price = new Money { Amount = row.Price, Currency = row.Currency },
        ImageUrl = row.ImageUrl,
        Discontinued = row.IsDiscontinued,
        Stock = StockLevel.Of(row.Available),
        Rating = ProductRating.ToContract(row.Stars, row.Ratings),
    };
}
