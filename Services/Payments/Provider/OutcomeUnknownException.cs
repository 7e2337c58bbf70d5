namespace Shop.Payments.Provider;

/// <summary>The provider may or may not have executed the command. Only a query, or the same command again, resolves the doubt.</summary>
internal class OutcomeUnknownException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The provider has a charge in a status that this shop does not know: asking again gives the same answer.</summary>
internal sealed class UnknownStatusException(string message) : OutcomeUnknownException(message);
