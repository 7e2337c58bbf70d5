using Microsoft.EntityFrameworkCore;
using Shop.Persistence.Connections;
using Shop.Persistence.Workers;

namespace Shop.Persistence;

/// <summary>Explicit transactions.</summary>
public static class Transactions
{
    private const int Attempts = 3;

    /// <summary>
    /// Runs <paramref name="work"/>, SaveChanges and the commit in one explicit transaction. After a transient failure (deadlock, serialization failure, lost connection)
    /// the change tracker is cleared and <paramref name="work"/> runs again, at most three times in all: load everything inside it. Inside another transaction it joins
    /// that one, without retries. A commit whose acknowledgement is lost may have happened and is not retried: the failure is thrown, and the caller needs an idempotency
    /// key to find out the outcome.
    /// </summary>
    /// <exception cref="DbUpdateException">SaveChanges failed permanently, or in the last attempt.</exception>
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
