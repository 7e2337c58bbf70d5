using Microsoft.EntityFrameworkCore;
using Shop.Persistence.Connections;
using Shop.Persistence.Workers;

namespace Shop.Persistence;

public static class Transactions
{
    private const int Attempts = 3;

    /// <summary>
    /// The one way to do an explicit transaction: <paramref name="work"/>, then SaveChanges, then commit. When it fails for a passing reason
    /// (deadlock, serialization, connection lost), the change tracker is cleared and <paramref name="work"/> runs again from scratch: load everything inside it.
    /// Inside another transaction it joins that one. A commit whose answer is lost is not repeated, for it may have happened: that failure is thrown, and it takes
    /// a key to ask what became of it.
    /// </summary>
    public static async Task<T> InTransactionAsync<T>(this DbContext db, Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is not null)
        {
            var joined = await work(cancel);
            await db.SaveChangesAsync(cancel);
            return joined;
        }

        for (var attempt = 1; ; attempt++)
        {
            var committing = false;
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancel);
                var result = await work(cancel);
                await db.SaveChangesAsync(cancel);
                committing = true;
                await transaction.CommitAsync(cancel);
                return result;
            }
            catch (Exception failure) when (attempt < Attempts && (committing ? DatabaseFailures.IsRolledBack(failure) : DatabaseFailures.IsTransientDatabaseError(failure)))
            {
                db.ChangeTracker.Clear();
                await Task.Delay(Backoff.Delay(attempt, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1)), cancel);
            }
        }
    }

    /// <inheritdoc cref="InTransactionAsync{T}"/>
    public static Task InTransactionAsync(this DbContext db, Func<CancellationToken, Task> work, CancellationToken cancel) =>
        db.InTransactionAsync<bool>(async token =>
        {
            await work(token);
            return true;
        }, cancel);
}
