using Microsoft.EntityFrameworkCore;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Validation;

namespace Shop.Catalog.Categories;

internal static class CheckCategoryExtensions
{
    /// <summary>Reports an unknown category as an error of the field <c>categoryId</c>.</summary>
    public static async Task CheckCategoryAsync(this CatalogDb db, Check check, string categoryId, CancellationToken cancel)
    {
        // PostgreSQL rejects text that contains NUL.
        if (categoryId.Contains('\0') || !await db.Categories.AnyAsync(category => category.Id == categoryId, cancel))
            check.Fail("categoryId", "is not a category of this shop");
    }
}
