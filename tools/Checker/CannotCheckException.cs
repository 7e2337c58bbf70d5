namespace Shop.Checker;

/// <summary>The check is not possible: a source is missing or does not answer.</summary>
public sealed class CannotCheckException(string message, Exception? inner = null) : Exception(message, inner);
