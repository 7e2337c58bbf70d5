using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;

namespace Shop.Ordering.Idempotency;

/// <summary>The same key and request give the same answer, however often and however close together they come.</summary>
public sealed class PlacedRequests(OrderingDb db)
{
    /// <summary>Over everything the client asked for but its key. Protobuf writes the known fields of one message in one order.</summary>
    public static byte[] Hash(PlaceOrderRequest request)
    {
        var asked = request.Clone();
        asked.IdempotencyKey = "";
        return SHA256.HashData(asked.ToByteArray());
    }

    /// <summary>The order that this key stands for, or null for a new key.</summary>
    /// <exception cref="RefusedException"><c>idempotency_key_reused</c>: the key came with another request before.</exception>
    public async Task<Guid?> FindAsync(Guid member, string key, byte[] hash, CancellationToken cancel)
    {
        var before = await db.PlacedRequests.AsNoTracking()
            .SingleOrDefaultAsync(request => request.MemberId == member && request.Key == key, cancel);
        if (before is null)
            return null;

        if (!before.RequestHash.AsSpan().SequenceEqual(hash))
            throw new RefusedException("idempotency_key_reused", "This Idempotency-Key was used for another request.");

        return before.OrderId;
    }

    /// <summary>Saves what is pending. Whoever comes second with a key gives way and gets the first one's order.</summary>
    public async Task<Guid> SaveAsync(Guid order, Guid member, string key, byte[] hash, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return order;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException
        {
            SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: PlacedRequestTable.PrimaryKey,
        })
        {
            db.ChangeTracker.Clear();
            return await FindAsync(member, key, hash, cancel)
                ?? throw new ConflictException("idempotency_key_in_use", "A request with this Idempotency-Key is under way.");
        }
    }
}
