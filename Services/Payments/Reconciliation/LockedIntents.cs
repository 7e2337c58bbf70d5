using Microsoft.EntityFrameworkCore;
using Shop.Payments.Intents;

namespace Shop.Payments.Reconciliation;

internal static class LockedIntents
{
    /// <summary>
    /// Locks the rows to the end of the transaction, in one order, so that two replicas do not deadlock. Other writers that have loaded such an intent wait, find its
    /// version changed, and apply their change to the new state.
    /// </summary>
    public static async Task<IReadOnlyDictionary<Guid, Intent>> LockAsync(this PaymentsDb db, Guid[] orderIds, CancellationToken cancel) =>
        await db.Intents.FromSql($"select *, xmin from intents where order_id = any({orderIds}) order by order_id for update").ToDictionaryAsync(intent => intent.OrderId, cancel);
}
