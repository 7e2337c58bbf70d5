using Microsoft.EntityFrameworkCore;
using Shop.PaymentProvider.Database;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.PaymentProvider.Charges;

internal static class LockedCharge
{
    /// <summary>Loads the charge and locks its row to the end of the transaction: writes under different keys are serialised.</summary>
    public static async Task<Charge> LockAsync(this ProviderDb db, string id, CancellationToken cancel) =>
        await db.Charges.FromSql($"select * from charges where id = {id} for update").SingleOrDefaultAsync(cancel)
            ?? throw new NotFoundException("No such charge.");
}
