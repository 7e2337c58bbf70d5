using Microsoft.EntityFrameworkCore;
using Shop.Inventory.Reservations;
using Shop.Inventory.Stock;
using Shop.Messaging;

namespace Shop.Inventory;

/// <summary>What Inventory owns. Each entity's mapping is in the same folder.</summary>
internal sealed class InventoryDb(DbContextOptions<InventoryDb> options) : DbContext(options)
{
    public DbSet<StockItem> Stock => Set<StockItem>();

    public DbSet<Reservation> Reservations => Set<Reservation>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(InventoryDb).Assembly);
    }
}
