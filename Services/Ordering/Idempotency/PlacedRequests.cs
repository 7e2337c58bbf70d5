using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Ordering.Orders;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;

namespace Shop.Ordering.Idempotency;

/// <summary>The same key and request give the same answer, however often and however close together they come.</summary>
public sealed class PlacedRequests(OrderingDb db, TimeProvider clock)
{
    /// <summary>
    /// Over everything the client asked for but its key, in one form: two lines of one product or one with their sum are the same request. Protobuf writes the fields of
    /// one message in one order.
    /// </summary>
    public static byte[] Hash(OrderRequest request) => SHA256.HashData(request.ToContract().ToByteArray());

    /// <summary>What this key was answered before, or null for a new key.</summary>
    /// <exception cref="RefusedException"><c>idempotency_key_reused</c>: the key came with another request before.</exception>
    public async Task<PlaceOrderResponse?> FindAsync(Guid member, string key, byte[] hash, CancellationToken cancel)
    {
        var alive = clock.GetUtcNow() - PlacedRequest.Kept;
        var before = await db.PlacedRequests.AsNoTracking()
            .Where(request => request.MemberId == member && request.Key == key && request.PlacedAt > alive)
            .OrderByDescending(request => request.PlacedAt)
            .FirstOrDefaultAsync(cancel);
        if (before is null)
            return null;

        if (!before.RequestHash.AsSpan().SequenceEqual(hash))
            throw new RefusedException("idempotency_key_reused", "This Idempotency-Key was used for another request.");

        return PlaceOrderResponse.Parser.ParseFrom(before.Answer);
    }

    /// <summary>
    /// Saves what is pending, with the answer under its key: one commit for all of it. A second request with a key waits for the first,
    /// gives way and gets the first one's answer.
    /// </summary>
    /// <exception cref="ConflictException"><c>idempotency_key_in_use</c>: the first one does not come to its end in time.</exception>
    public async Task<PlaceOrderResponse> SaveAsync(PlaceOrderResponse answer, Guid member, string key, byte[] hash, CancellationToken cancel)
    {
        db.PlacedRequests.Add(new()
        {
            MemberId = member,
            Key = key,
            RequestHash = hash,
            OrderId = Guid.Parse(answer.OrderId),
            Answer = answer.ToByteArray(),
            PlacedAt = clock.GetUtcNow(),
        });
        try
        {
            await db.SaveChangesAsync(cancel);
            return answer;
        }
        catch (DbUpdateException failure) when (failure.InnerException is PostgresException
        {
            SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: PlacedRequestTable.Once or PlacedRequestTable.InUse,
        } taken)
        {
            db.ChangeTracker.Clear();
            var before = taken.ConstraintName == PlacedRequestTable.Once ? await FindAsync(member, key, hash, cancel) : null;
            return before ?? throw new ConflictException("idempotency_key_in_use", "A request with this Idempotency-Key is under way.");
        }
    }
}
