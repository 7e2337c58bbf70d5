namespace Shop.Checker;

/// <summary>Nothing can be said about the shop: something is missing or does not answer.</summary>
public sealed class CannotCheckException(string message, Exception? inner = null) : Exception(message, inner);
