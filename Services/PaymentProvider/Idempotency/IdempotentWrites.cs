using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shop.PaymentProvider.Database;
using Shop.PaymentProvider.Tokens;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.PaymentProvider.Idempotency;

/// <summary>Runs a write once per key; a repeated call gets the stored answer. Nothing is stored for a request that fails validation.</summary>
internal sealed class IdempotentWrites(ProviderDb db, FlakyCardNetwork network, TimeProvider clock)
{
    /// <param name="idempotencyKey">The header, not validated.</param>
    /// <param name="request">What identifies the request: path and values.</param>
    /// <param name="effect">Runs inside the transaction. An exception rolls it back and leaves the key unused.</param>
    public async Task<Answer> OnceAsync(
        string? idempotencyKey, string request, Func<string, CancellationToken, Task<Answer>> effect, CancellationToken cancel)
    {
        var key = IdempotencyKey.Check(idempotencyKey);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(request));

        return await db.Database.CreateExecutionStrategy().ExecuteAsync(async cancel =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            // Serialises calls with the same key; a collision of hashes only makes unrelated calls wait.
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({key}, 0))", cancel);

            if (await db.Answers.FindAsync([key], cancel) is { } earlier)
                return Replay(earlier, hash);

            var answer = await effect(key, cancel);
            db.Answers.Add(new StoredAnswer
            {
                IdempotencyKey = key,
                RequestHash = hash,
                Status = answer.Status,
                Body = answer.Body,
                Token = answer.Token,
                AnsweredAt = clock.GetUtcNow(),
            });
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            return answer;
        }, cancel);
    }

    public static RefusedException Reused() => new("idempotency_key_reused", "This idempotency key was used for another request.");

    private Answer Replay(StoredAnswer earlier, byte[] hash)
    {
        if (!earlier.RequestHash.AsSpan().SequenceEqual(hash))
            throw Reused();

        network.ThrowIfDue(earlier.Token);
        return new Answer(earlier.Status, earlier.Body, earlier.Token, IsFirst: false);
    }
}
