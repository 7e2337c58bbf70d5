using Shop.Catalog.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Validation;

namespace Shop.Catalog;

/// <summary>The filter and order that all pages of a list share.</summary>
/// <param name="Query">As typed, in NFC; empty for none.</param>
/// <param name="Category">Empty for all.</param>
internal sealed record ProductList(string Query, string Category, ProductSort Sort, Language Language)
{
    private const int QueryLength = 200;

    public static ProductList Read(Check check, ListProductsRequest request)
    {
        var query = check.Line("query", request.Query, 0, QueryLength);
        var category = check.Line("category", request.CategoryId, 0, QueryLength);
        check.That(Enum.IsDefined(request.Sort), "sort", "must be relevance, price, -price or newest");
        check.That(Enum.IsDefined(request.Language), "language", "must be ko or en");
        return new(query, category, request.Sort, request.Language);
    }

    /// <summary>Applies the defaults, for a first page.</summary>
    public ProductList Begin() => this with
    {
        // Without a query all products are equally relevant.
        Sort = Sort is ProductSort.Unspecified or ProductSort.Relevance
            ? string.IsNullOrWhiteSpace(Query) ? ProductSort.Newest : ProductSort.Relevance
            : Sort,
        Language = Language == Language.Unspecified ? Language.Ko : Language,
    };

    /// <summary>Continues <paramref name="begun"/>; parameters that are given again must be equal.</summary>
    public ProductList Continue(ProductList begun)
    {
        var check = new Check();
        check.That(Query.Length == 0 || Query == begun.Query, "query", "is not the one that the page token was issued for");
        check.That(Category.Length == 0 || Category == begun.Category, "category", "is not the one that the page token was issued for");
        check.That(Sort == ProductSort.Unspecified || (begun with { Sort = Sort }).Begin().Sort == begun.Sort, "sort", "is not the one that the page token was issued for");
        check.That(Language == Language.Unspecified || Language == begun.Language, "language", "is not the one that the page token was issued for");
        check.ThrowIfAny();
        return begun;
    }
}
