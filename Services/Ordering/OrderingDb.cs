using Microsoft.EntityFrameworkCore;
using Shop.Messaging;
using Shop.Ordering.Idempotency;
using Shop.Ordering.Orders;
using Shop.Sagas;

namespace Shop.Ordering;

internal sealed class OrderingDb(DbContextOptions<OrderingDb> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<AnsweredRequest> AnsweredRequests => Set<AnsweredRequest>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.AddSagas();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(OrderingDb).Assembly);
    }
}
