using Microsoft.EntityFrameworkCore;
using Shop.Catalog.V1;

namespace Shop.Catalog.Categories;

/// <summary>All categories, with the number of products in each.</summary>
internal sealed class CategoryViews(CatalogDb db)
{
    public async Task<ListCategoriesResponse> ListAsync(Language language, CancellationToken cancel)
    {
        var english = language == Language.En;
        var categories = await db.Categories.AsNoTracking()
            .OrderBy(category => category.Position)
            .Select(category => new V1.Category
            {
                Id = category.Id,
                Name = english ? category.NameEn : category.NameKo,
                ProductCount = db.Products.Count(product => product.CategoryId == category.Id && product.DiscontinuedAt == null),
            })
            .ToListAsync(cancel);
        return new() { Categories = { categories } };
    }
}
