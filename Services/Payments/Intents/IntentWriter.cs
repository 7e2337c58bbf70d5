using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Shop.Payments.Intents;

/// <summary>
/// Loads an intent, and saves what the provider said of it. No lock is held while the provider is called: when somebody else changed the intent meanwhile, the
/// change is made again on what is there now. One commit.
/// </summary>
internal sealed class IntentWriter(PaymentsDb db)
{
    private const int Tries = 5;

    // Money has moved by now: that is written down even if the caller has given up.
    private static readonly TimeSpan SaveLimit = TimeSpan.FromSeconds(5);

    public Task<Intent?> LoadAsync(Guid orderId, CancellationToken cancel) =>
        db.Intents.SingleOrDefaultAsync(intent => intent.OrderId == orderId, cancel);

    /// <param name="loaded">What <see cref="LoadAsync"/> returned.</param>
    /// <param name="change">Gets the intent as it is (null: none yet) and returns it changed, or a new one. May run several times.</param>
    public async Task<Intent> SaveAsync(Intent? loaded, Guid orderId, Func<Intent?, Intent> change)
    {
        using var limit = new CancellationTokenSource(SaveLimit);
        var current = loaded;
        for (var attempt = 1; ; attempt++)
        {
            var changed = change(current);
            if (current is null)
                db.Intents.Add(changed);

            try
            {
                await db.SaveChangesAsync(limit.Token);
                return changed;
            }
            catch (DbUpdateException failure) when (attempt < Tries && IsLostRace(failure))
            {
                db.ChangeTracker.Clear();
                current = await LoadAsync(orderId, limit.Token);
            }
        }
    }

    private static bool IsLostRace(DbUpdateException failure) =>
        failure is DbUpdateConcurrencyException || failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
