using Microsoft.EntityFrameworkCore;
using Shop.Messaging;
using Shop.Payments.Intents;
using Shop.Payments.Ledger;
using Shop.Payments.Reconciliation;
using Shop.Payments.Webhooks;

namespace Shop.Payments;

/// <summary>What Payments owns. Each entity's mapping is in the same folder.</summary>
internal sealed class PaymentsDb(DbContextOptions<PaymentsDb> options) : DbContext(options)
{
    public DbSet<Intent> Intents => Set<Intent>();

    public DbSet<Attempt> Attempts => Set<Attempt>();

    public DbSet<Transfer> Transfers => Set<Transfer>();

    public DbSet<SeenWebhook> SeenWebhooks => Set<SeenWebhook>();

    public DbSet<LedgerComparison> LedgerComparisons => Set<LedgerComparison>();

    public DbSet<SeenMovement> SeenMovements => Set<SeenMovement>();

    public DbSet<Difference> Differences => Set<Difference>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PaymentsDb).Assembly);
    }
}
