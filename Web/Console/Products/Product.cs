using Shop.Design.Gateway;

namespace Shop.Console.Products;

/// <summary>A product of the API, in one language.</summary>
public sealed record Product(string Id, string Name, string Description, Category Category, Money Price, string ImageUrl, ProductStock? Stock);

/// <summary>Of products.</summary>
public sealed record Category(string Id, string Name);

/// <param name="State"><c>in_stock</c>, <c>low</c> or <c>sold_out</c>.</param>
public sealed record ProductStock(string State, long Available);

/// <summary>A page of products.</summary>
public sealed record ProductsModel(IReadOnlyList<Product> Products, string? Query, string? NextPageToken);

/// <summary>Units of a product.</summary>
/// <param name="Reserved">Promised to orders.</param>
public sealed record Stock(long OnHand, long Reserved, long Available);
