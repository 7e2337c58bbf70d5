using Microsoft.EntityFrameworkCore;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Ordering.Orders;

internal static class OrderChange
{
    private const int Attempts = 5;

    /// <summary>Repeats a change that was lost to another one of the same order: read again, it is decided anew.</summary>
    /// <exception cref="UnavailableException">The order keeps changing.</exception>
    public static async Task<T> RetryAsync<T>(OrderingDb db, Func<Task<T>> change)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                return await change();
            }
            catch (DbUpdateConcurrencyException)
            {
                db.ChangeTracker.Clear();
            }
        }

        throw new UnavailableException("The order keeps changing; try again.");
    }
}
