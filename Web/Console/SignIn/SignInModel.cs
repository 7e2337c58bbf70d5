using Shop.Design.Pages;

namespace Shop.Console.SignIn;

/// <summary>The form of the sign-in.</summary>
/// <param name="Return">Where the operator was, a path without language.</param>
public sealed record SignInModel(string Return, string Email, FormErrors Errors);
