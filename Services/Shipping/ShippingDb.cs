using Microsoft.EntityFrameworkCore;
using Shop.Messaging;
using Shop.Shipping.Shipments;

namespace Shop.Shipping;

/// <summary>What Shipping owns.</summary>
internal sealed class ShippingDb(DbContextOptions<ShippingDb> options) : DbContext(options)
{
    public DbSet<Shipment> Shipments => Set<Shipment>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ShippingDb).Assembly);
    }
}
