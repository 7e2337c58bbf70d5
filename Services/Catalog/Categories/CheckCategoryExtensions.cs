using Microsoft.EntityFrameworkCore;
using Shop.ServiceDefaults;

namespace Shop.Catalog.Categories;

internal static class CheckCategoryExtensions
{
    /// <summary>An unknown category is the caller's mistake, in the field that they sent.</summary>
    public static async Task CheckCategoryAsync(this CatalogDb db, Check check, string categoryId, CancellationToken cancel)
    {
        // PostgreSQL cannot even be asked for a text with NUL.
        if (categoryId.Contains('\0') || !await db.Categories.AnyAsync(category => category.Id == categoryId, cancel))
            check.Fail("categoryId", "is not a category of this shop");
    }
}
