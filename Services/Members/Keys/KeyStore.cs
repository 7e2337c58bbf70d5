using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Persistence;

namespace Shop.Members.Keys;

/// <summary>The keys in the database, shared by all replicas.</summary>
internal sealed class KeyStore(MembersDb db, KeyEncryption encryption, IOptions<SigningKeyOptions> options, TimeProvider clock)
{
    // Any number that no other lock in this database uses.
    private const long RotationLock = 7_302_114_557;

    /// <summary>Creates the key that is due and removes outdated ones. Under a lock, so that only one replica creates it.</summary>
    /// <returns>The remaining keys.</returns>
    public Task<List<SigningKey>> RotateAsync(CancellationToken cancel) => db.InTransactionAsync(async cancel =>
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({RotationLock})", cancel);

        var now = clock.GetUtcNow();
        var keys = await db.SigningKeys.ToListAsync(cancel);
        if (KeySchedule.Next(keys, options.Value, now) is { } activeFrom)
        {
            var key = Create(now, activeFrom);
            db.SigningKeys.Add(key);
            keys.Add(key);
        }

        var outdated = KeySchedule.Outdated(keys, options.Value, now).ToList();
        db.SigningKeys.RemoveRange(outdated);
        return keys.Except(outdated).ToList();
    }, cancel);

    private SigningKey Create(DateTimeOffset now, DateTimeOffset activeFrom)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = pair.ExportSubjectPublicKeyInfo();
        var privateKey = pair.ExportPkcs8PrivateKey();
        try
        {
            var id = Base64Url.EncodeToString(SHA256.HashData(publicKey).AsSpan(0, 16));
            return new()
            {
                Id = id,
                PublicKey = publicKey,
                EncryptedPrivateKey = encryption.Encrypt(id, privateKey),
                CreatedAt = now,
                ActiveFrom = activeFrom,
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(privateKey);
        }
    }
}
