using Microsoft.EntityFrameworkCore;
using Shop.PaymentProvider.Charges;
using Shop.PaymentProvider.Idempotency;
using Shop.PaymentProvider.Movements;
using Shop.PaymentProvider.Webhooks;

namespace Shop.PaymentProvider.Database;

/// <summary>What the provider owns. Each entity's mapping is in the same folder.</summary>
internal sealed class ProviderDb(DbContextOptions<ProviderDb> options) : DbContext(options)
{
    public DbSet<Charge> Charges => Set<Charge>();

    public DbSet<Movement> Movements => Set<Movement>();

    public DbSet<StoredAnswer> Answers => Set<StoredAnswer>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ProviderDb).Assembly);
}
