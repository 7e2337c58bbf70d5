using Microsoft.EntityFrameworkCore;
using Shop.PaymentProvider.Database;
using Shop.ServiceDefaults;

namespace Shop.PaymentProvider.Charges;

internal static class LockedCharge
{
    /// <summary>The charge, its row locked to the end of the transaction: two writes under different keys come one after the other.</summary>
    public static async Task<Charge> LockAsync(this ProviderDb db, string id, CancellationToken cancel) =>
        await db.Charges.FromSql($"select * from charges where id = {id} for update").SingleOrDefaultAsync(cancel)
            ?? throw new NotFoundException("No such charge.");
}
