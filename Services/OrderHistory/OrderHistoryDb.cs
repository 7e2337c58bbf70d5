using Microsoft.EntityFrameworkCore;
using Shop.Messaging;
using Shop.OrderHistory.Figures;
using Shop.OrderHistory.Orders;
using Shop.OrderHistory.Rebuilds;

namespace Shop.OrderHistory;

/// <summary>What OrderHistory owns: nothing that the events, together, could not say again.</summary>
internal sealed class OrderHistoryDb(DbContextOptions<OrderHistoryDb> options) : DbContext(options)
{
    public DbSet<OrderRecord> Orders => Set<OrderRecord>();

    public DbSet<MinuteFigure> MinuteFigures => Set<MinuteFigure>();

    public DbSet<DayFigure> DayFigures => Set<DayFigure>();

    public DbSet<Rebuild> Rebuilds => Set<Rebuild>();

    /// <summary>The orders that can be shown.</summary>
    public IQueryable<OrderRecord> WholeOrders => Orders.AsNoTracking().Where(order => order.Total != null && order.Version > 0);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(OrderHistoryDb).Assembly);
    }
}
