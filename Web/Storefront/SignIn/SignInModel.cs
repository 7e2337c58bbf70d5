using Shop.Design.Pages;

namespace Shop.Storefront.SignIn;

/// <param name="Return">Where the reader was, a path without language.</param>
public sealed record SignInModel(string Return, string Email, string Name, FormErrors Errors);
