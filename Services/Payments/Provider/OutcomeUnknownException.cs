namespace Shop.Payments.Provider;

/// <summary>The provider may or may not have executed the command. Only a query, or the same command again, resolves the doubt.</summary>
internal sealed class OutcomeUnknownException(string message, Exception? inner = null) : Exception(message, inner);
