using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.ServiceDefaults;

namespace Shop.Payments.Intents;

/// <summary>
/// Loads an intent, and saves what the provider said of it. No lock is held while the provider is called: when somebody else changed the intent meanwhile, the
/// change is made again on what is there now. One commit.
/// </summary>
internal sealed class IntentWriter(PaymentsDb db)
{
    // Money has moved by now: that is written down even if the caller has given up.
    private static readonly TimeSpan SaveLimit = TimeSpan.FromSeconds(5);

    public Task<Intent?> LoadAsync(Guid orderId, CancellationToken cancel) =>
        db.Intents.SingleOrDefaultAsync(intent => intent.OrderId == orderId, cancel);

    /// <param name="loaded">What <see cref="LoadAsync"/> returned.</param>
    /// <param name="change">Gets the intent as it is (null: none yet) and returns it changed, or a new one. May run several times.</param>
    public async Task<Intent> SaveAsync(Intent? loaded, Guid orderId, Func<Intent?, Intent> change)
    {
        using var limit = new CancellationTokenSource(SaveLimit);
        try
        {
            var current = loaded;
            for (var lost = 0; ; lost++)
            {
                if (await TrySaveAsync(current, change, limit.Token) is { } saved)
                    return saved;

                // Of many at once one wins each time; the others come back at different moments.
                await Task.Delay(Random.Shared.Next(2, 10 * (lost + 1)), limit.Token);
                db.ChangeTracker.Clear();
                current = await LoadAsync(orderId, limit.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new UnavailableException("The payment could not be written down in time. Asking again tells what became of it.");
        }
    }

    /// <returns>Null when somebody else was first.</returns>
    private async Task<Intent?> TrySaveAsync(Intent? current, Func<Intent?, Intent> change, CancellationToken cancel)
    {
        var changed = change(current);
        if (current is null)
            db.Intents.Add(changed);

        try
        {
            await db.SaveChangesAsync(cancel);
            return changed;
        }
        catch (DbUpdateException failure) when (IsLostRace(failure))
        {
            return null;
        }
    }

    private static bool IsLostRace(DbUpdateException failure) =>
        failure is DbUpdateConcurrencyException || failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
