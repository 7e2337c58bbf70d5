namespace Shop.Console.SignIn;

/// <summary>The account exists and the password is right, but it is a member's.</summary>
internal sealed class NotOperatorException() : Exception("The account is not an operator's.");
