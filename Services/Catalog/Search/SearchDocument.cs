namespace Shop.Catalog.Search;

/// <summary>The search data of a product that is sold, in both languages. Written in the product's transaction, so search and product always agree.</summary>
internal sealed class SearchDocument
{
    private SearchDocument() { }

    public Guid ProductId { get; private init; }

    /// <summary>The folded words of both names, each with a space on both sides, for the score.</summary>
    public string Title { get; private set; } = "";

    public string[] Lexemes { get; private set; } = [];

    public static SearchDocument Of(Guid productId, Wording name, Wording description)
    {
        var document = new SearchDocument { ProductId = productId };
        document.Describe(name, description);
        return document;
    }

    public void Describe(Wording name, Wording description)
    {
        Title = $" {string.Join(' ', SearchWords.Of(name.Ko).Concat(SearchWords.Of(name.En)))} ";
        Lexemes = Search.Lexemes.Of([name.Ko, name.En], [description.Ko, description.En]);
    }
}
