using Shop.Design.Pages;

namespace Shop.Console.Imports;

/// <summary>The form of an import.</summary>
public sealed record ImportModel(Guid Key, FormErrors Errors);
