namespace Shop.ServiceDefaults.Access;

/// <summary>A token could not be checked, which says nothing against it.</summary>
internal sealed class TokenKeysUnavailableException() : Exception("No keys to check tokens with could be had.");
