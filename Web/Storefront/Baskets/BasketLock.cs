using System.Buffers.Binary;
using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore;
using Shop.Design.Gateway;
using Shop.Design.Sessions;
using Shop.Persistence;

namespace Shop.Storefront.Baskets;

/// <summary>
/// One addition at a time to a member's basket, in all replicas: the API sets a quantity, so an addition reads the old one first, and two tabs must not read the same.
/// </summary>
internal sealed class BasketLock(StorefrontDb db)
{
    public async Task RunAsync(Guid member, Func<Task> add, CancellationToken cancel)
    {
        var (ended, refusal) = (false, (ExceptionDispatchInfo?)null);
        await db.InTransactionAsync(async _ =>
        {
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({KeyOf(member)})", cancel);
            // When the transaction is repeated, the addition was made already.
            if (ended)
                return;

            try
            {
                await add();
            }
            catch (Exception failure) when (failure is ApiException or SignedOutException or OperationCanceledException)
            {
                // Committed nevertheless, also when the browser has gone: a token that was renewed meanwhile must not be lost.
                refusal = ExceptionDispatchInfo.Capture(failure);
            }
            ended = true;
        }, CancellationToken.None);
        refusal?.Throw();
    }

    /// <summary>Of two members who share a key, one waits for the other.</summary>
    private static long KeyOf(Guid member) => BinaryPrimitives.ReadInt64LittleEndian(member.ToByteArray().AsSpan(8));
}
