namespace Shop.Members.Keys;

/// <summary>A stored key cannot be decrypted. It is not replaced automatically: a replica with a wrong setting must not replace the keys of all.</summary>
internal sealed class SigningKeyLostException(string keyId, Exception? inner) : Exception(
    $"SigningKeys:EncryptionKey does not decrypt signing key {keyId}. Set the encryption key that it was stored with, "
    + "or delete the rows of signing_keys: new keys are created, and all access tokens become invalid.", inner);
