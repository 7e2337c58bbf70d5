namespace Shop.Payments.Provider;

/// <summary>The provider may or may not have done what it was asked, and could not be asked which. Only looking it up, or the same command again, tells.</summary>
public sealed class OutcomeUnknownException(string message, Exception? inner = null) : Exception(message, inner);
