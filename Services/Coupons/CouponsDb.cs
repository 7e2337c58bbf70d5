using Microsoft.EntityFrameworkCore;
using Shop.Coupons.Issued;
using Shop.Coupons.Redemptions;
using Shop.Messaging;

namespace Shop.Coupons;

/// <summary>What Coupons owns. Each entity's mapping is in the same folder.</summary>
internal sealed class CouponsDb(DbContextOptions<CouponsDb> options) : DbContext(options)
{
    public DbSet<Coupon> Coupons => Set<Coupon>();

    public DbSet<Redemption> Redemptions => Set<Redemption>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(CouponsDb).Assembly);
    }
}
