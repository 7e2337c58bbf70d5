using Shop.Catalog.Products;

namespace Shop.Catalog.Search;

/// <summary>The search data of a product that is sold, in both languages. Written in the product's transaction, so search and product always agree.</summary>
internal sealed class SearchDocument
{
    private SearchDocument() { }

    public Guid ProductId { get; private init; }

    /// <summary>The folded words of both names, each with a space on both sides, for the score.</summary>
    public string Title { get; private set; } = "";

    public string[] Lexemes { get; private set; } = [];

    public static SearchDocument Of(Product product)
    {
        var document = new SearchDocument { ProductId = product.Id };
        document.Describe(product);
        return document;
    }

    public void Describe(Product product)
    {
        Title = $" {string.Join(' ', SearchWords.Of(product.Name.Ko).Concat(SearchWords.Of(product.Name.En)))} ";
        Lexemes = Search.Lexemes.Of([product.Name.Ko, product.Name.En], [product.Description.Ko, product.Description.En]);
    }
}
