namespace Shop.ServiceDefaults.Access;

/// <summary>A token could not be checked; it may be valid.</summary>
internal sealed class TokenKeysUnavailableException() : Exception("No keys for checking tokens are available.");
