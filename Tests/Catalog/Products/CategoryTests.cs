using Shop.Catalog.Tests.Running;
using Shop.Catalog.V1;

namespace Shop.Catalog.Tests.Products;

public sealed class CategoryTests(RunningCatalog catalog)
{
    [Fact]
    public async Task There_are_ten_categories_in_both_languages_each_with_its_products()
    {
        var korean = (await catalog.Catalog.ListCategoriesAsync(new())).Categories;
        var english = (await catalog.Catalog.ListCategoriesAsync(new() { Language = Language.En })).Categories;

        Assert.Equal(("keyboards", "키보드"), (korean[0].Id, korean[0].Name));
        Assert.Equal(("keyboards", "Keyboards"), (english[0].Id, english[0].Name));
        Assert.Equal(10, korean.Count);
        Assert.All(korean, category => Assert.True(category.ProductCount >= 20, category.Id));
    }
}
