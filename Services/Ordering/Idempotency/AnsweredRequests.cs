using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Shop.Ordering.V1;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Ordering.Idempotency;

/// <summary>The same key and request give the same answer, however often and however close together they come.</summary>
internal sealed class AnsweredRequests(OrderingDb db, TimeProvider clock)
{
    /// <summary>Over the call and everything the client asked for but its key. Protobuf writes the fields of one message in one order.</summary>
    /// <param name="request">In one form, however the client wrote it.</param>
    public static byte[] Hash<TRequest>(TRequest request) where TRequest : IMessage<TRequest>
    {
        var asked = request.Clone();
        asked.Descriptor.FindFieldByName("idempotency_key").Accessor.Clear(asked);
        // Keys from before other calls had them stay valid: an order's hash is of its message alone.
        var call = request is PlaceOrderRequest ? "" : asked.Descriptor.FullName;
        return SHA256.HashData([.. Encoding.ASCII.GetBytes(call), .. asked.ToByteArray()]);
    }

    /// <summary>The field <c>idempotencyKey</c> of a request.</summary>
    public static void CheckKey(string key, Check check) =>
        check.That(key is { Length: >= 1 and <= 255 } && key.All(c => c is >= '!' and <= '~'), "idempotencyKey", "must be 1 to 255 visible ASCII characters");

    /// <summary>What this key was answered before, or null for a new key.</summary>
    /// <exception cref="RefusedException"><c>idempotency_key_reused</c>: the key came with another request before.</exception>
    public async Task<TResponse?> FindAsync<TResponse>(Guid caller, string key, byte[] hash, CancellationToken cancel) where TResponse : class, IMessage<TResponse>, new()
    {
        var alive = clock.GetUtcNow() - AnsweredRequest.Kept;
        var before = await db.AnsweredRequests.AsNoTracking()
            .Where(request => request.MemberId == caller && request.Key == key && request.PlacedAt > alive)
            .OrderByDescending(request => request.PlacedAt)
            .FirstOrDefaultAsync(cancel);
        if (before is null)
            return null;

        if (!before.RequestHash.AsSpan().SequenceEqual(hash))
            throw new RefusedException("idempotency_key_reused", "This Idempotency-Key was used for another request.");

        var answer = new TResponse();
        answer.MergeFrom(before.Answer);
        return answer;
    }

    /// <summary>
    /// Saves what is pending, with the answer under its key: one commit for all of it. A second request with a key waits for the first,
    /// gives way and gets the first one's answer.
    /// </summary>
    /// <exception cref="ConflictException"><c>idempotency_key_in_use</c>: the first one does not come to its end in time.</exception>
    /// <exception cref="DbUpdateConcurrencyException">The order has changed since it was read.</exception>
    public async Task<TResponse> SaveAsync<TResponse>(TResponse answer, Guid orderId, Guid caller, string key, byte[] hash, CancellationToken cancel)
        where TResponse : class, IMessage<TResponse>, new()
    {
        db.AnsweredRequests.Add(new()
        {
            MemberId = caller,
            Key = key,
            RequestHash = hash,
            Call = answer.Descriptor.Name[..^"Response".Length],
            OrderId = orderId,
            Answer = answer.ToByteArray(),
            PlacedAt = clock.GetUtcNow(),
        });
        try
        {
            await db.SaveChangesAsync(cancel);
            return answer;
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation(AnsweredRequestTable.Once, AnsweredRequestTable.InUse))
        {
            db.ChangeTracker.Clear();
            var before = failure.IsUniqueViolation(AnsweredRequestTable.Once) ? await FindAsync<TResponse>(caller, key, hash, cancel) : null;
            return before ?? throw new ConflictException("idempotency_key_in_use", "A request with this Idempotency-Key is under way.");
        }
    }
}
