namespace Shop.Members.Keys;

/// <summary>A stored key cannot be opened. Nothing repairs itself here: a replica with a wrong setting must not replace everybody's keys.</summary>
public sealed class SigningKeyLostException(string keyId, Exception? inner) : Exception(
    $"SigningKeys:EncryptionKey does not open signing key {keyId}. Give the key that it was stored under, "
    + "or delete the rows of signing_keys: new ones are made, and everybody's access token ends.", inner);
