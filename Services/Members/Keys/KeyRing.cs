using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;

namespace Shop.Members.Keys;

/// <summary>The current keys, in memory, loaded from <see cref="KeyStore"/>. Thread-safe.</summary>
internal sealed class KeyRing(KeyEncryption encryption, TimeProvider clock) : ITokenKeys
{
    private volatile IReadOnlyList<Key> _keys = [];

    public bool IsEmpty => _keys.Count == 0;

    /// <summary>The credentials that sign tokens now.</summary>
    /// <exception cref="UnavailableException">The keys are not loaded yet.</exception>
    public SigningCredentials Credentials =>
        KeySchedule.Signing(_keys, key => key.ActiveFrom, clock.GetUtcNow())?.Credentials
        ?? throw new UnavailableException("The signing keys are not loaded yet.", TimeSpan.FromSeconds(1));

    /// <summary>The public keys: the published key set, with which this service also validates tokens.</summary>
    public IReadOnlyList<SecurityKey> Known => [.. _keys.Select(key => key.Public)];

    public ValueTask<bool> EnsureAsync(string? keyId, CancellationToken cancel) => ValueTask.FromResult(!IsEmpty);

    /// <summary>Keys that are loaded stay the same objects.</summary>
    public void Replace(IEnumerable<SigningKey> stored)
    {
        var loaded = _keys.ToDictionary(key => key.Id);
        _keys = [.. stored.Select(row => loaded.TryGetValue(row.Id, out var key) ? key : Load(row))];
    }

    private Key Load(SigningKey row)
    {
        var plain = encryption.Decrypt(row.Id, row.EncryptedPrivateKey);
        var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(plain, out _);
        CryptographicOperations.ZeroMemory(plain);

        var open = ECDsa.Create();
        open.ImportSubjectPublicKeyInfo(row.PublicKey, out _);
        return new(
            row.Id,
            row.ActiveFrom,
            new(new ECDsaSecurityKey(pair) { KeyId = row.Id }, SecurityAlgorithms.EcdsaSha256),
            new(open) { KeyId = row.Id });
    }

    private sealed record Key(string Id, DateTimeOffset ActiveFrom, SigningCredentials Credentials, ECDsaSecurityKey Public);
}
