using Shop.Catalog.V1;

namespace Shop.Catalog.Tests.Running;

/// <summary>Calls that many tests make.</summary>
internal static class CatalogCalls
{
    public static async Task<Product> AddAsync(this RunningCatalog catalog, string ko, string en, long price = 10_000, string category = "bags",
        string descriptionKo = "시험용 상품입니다.", string descriptionEn = "Made for a test.") =>
        (await catalog.AsOperator.CreateProductAsync(Draft(ko, en, price, category, descriptionKo, descriptionEn))).Product;

    public static CreateProductRequest Draft(string ko = "가방", string en = "Bag", long price = 10_000, string category = "bags",
        string descriptionKo = "시험용 상품입니다.", string descriptionEn = "Made for a test.") => new()
        {
            Name = new() { Ko = ko, En = en },
            Description = new() { Ko = descriptionKo, En = descriptionEn },
            CategoryId = category,
            Price = new() { Amount = price, Currency = "KRW" },
        };

    public static async Task<List<Product>> SearchAsync(this RunningCatalog catalog, string query, ProductSort sort = ProductSort.Unspecified, Language language = Language.Ko) =>
        [.. (await catalog.Catalog.ListProductsAsync(new() { Query = query, Sort = sort, Language = language, PageSize = 100 })).Products];

    public static async Task<List<string>> NamesAsync(this RunningCatalog catalog, string query, Language language = Language.Ko) =>
        (await catalog.SearchAsync(query, language: language)).ConvertAll(product => product.Name);

    /// <summary>Reads all pages, every second one from <paramref name="other"/> if given; <paramref name="between"/> runs after each.</summary>
    public static async Task<List<Product>> AllPagesAsync(this RunningCatalog catalog, ListProductsRequest first, Func<Task>? between = null, CatalogReplica? other = null)
    {
        var products = new List<Product>();
        var request = first;
        for (var pages = 1; ; pages++)
        {
            Assert.True(pages < 1_000, "The pages do not end.");
            var replica = pages % 2 == 0 && other is not null ? other.Catalog : catalog.Catalog;
            var page = await replica.ListProductsAsync(request);
            products.AddRange(page.Products);
            if (page.NextPageToken.Length == 0)
                return products;

            request = new() { PageToken = page.NextPageToken, PageSize = first.PageSize };
            await (between?.Invoke() ?? Task.CompletedTask);
        }
    }
}
