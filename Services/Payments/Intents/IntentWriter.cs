using Microsoft.EntityFrameworkCore;
using Shop.Messaging;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Payments.Intents;

/// <summary>
/// Loads and saves intents with optimistic concurrency: no lock is held during a provider call. When another writer has changed the intent meanwhile, the change is
/// applied again to its current state. One commit.
/// </summary>
internal sealed class IntentWriter(PaymentsDb db)
{
    // The provider may have moved money: that is recorded even if the caller has cancelled.
    private static readonly TimeSpan SaveTimeout = TimeSpan.FromSeconds(5);

    public Task<Intent?> LoadAsync(Guid orderId, CancellationToken cancel) =>
        db.Intents.SingleOrDefaultAsync(intent => intent.OrderId == orderId, cancel);

    /// <param name="loaded">What <see cref="LoadAsync"/> returned.</param>
    /// <param name="change">Gets the current intent (null: none yet) and returns it changed, or a new one. May run several times.</param>
    /// <exception cref="UnavailableException">It could not be saved within 5 s.</exception>
    public async Task<Intent> SaveAsync(Intent? loaded, Guid orderId, Func<Intent?, Intent> change)
    {
        using var timeout = new CancellationTokenSource(SaveTimeout);
        try
        {
            var current = loaded;
            for (var conflicts = 0; ; conflicts++)
            {
                if (await TrySaveAsync(current, change, timeout.Token) is { } saved)
                    return saved;

                // A random back-off: of many concurrent writers only one succeeds each time.
                await Task.Delay(Random.Shared.Next(2, 10 * (conflicts + 1)), timeout.Token);
                db.ChangeTracker.Clear();
                current = await LoadAsync(orderId, timeout.Token);
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new UnavailableException("The payment could not be recorded in time. Repeat the call to learn its outcome.");
        }
    }

    /// <returns>Null on a conflict with another writer.</returns>
    private async Task<Intent?> TrySaveAsync(Intent? current, Func<Intent?, Intent> change, CancellationToken cancel)
    {
        var changed = change(current);
        if (current is null)
            db.Intents.Add(changed);
        // A tombstone is no payment. Of a change that an event reports already, no second one follows.
        if (changed is { IsReported: false, MemberId: not null })
        {
            db.Publish(changed.Changed());
            changed.MarkReported();
        }

        try
        {
            await db.SaveChangesAsync(cancel);
            return changed;
        }
        catch (DbUpdateException failure) when (IsConflict(failure))
        {
            return null;
        }
    }

    private static bool IsConflict(DbUpdateException failure) =>
        failure is DbUpdateConcurrencyException || failure.IsUniqueViolation();
}
