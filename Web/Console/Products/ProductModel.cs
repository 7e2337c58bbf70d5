using Shop.Design.Pages;

namespace Shop.Console.Products;

/// <summary>A product and its forms.</summary>
/// <param name="Id">Null: a new product.</param>
/// <param name="Stock">Null: not available at the moment, or a new product.</param>
/// <param name="TypedStock">What was typed and refused; null: nothing was.</param>
/// <param name="StockTag">Of the stock that is shown: it is set only if it is still this one.</param>
public sealed record ProductModel(Guid? Id, ProductForm Form, IReadOnlyList<Category> Categories, Stock? Stock, string? TypedStock, string? StockTag, Guid StockKey, FormErrors Errors, FormErrors StockErrors);
