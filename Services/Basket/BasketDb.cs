using Microsoft.EntityFrameworkCore;
using Shop.Basket.Items;
using Shop.Messaging;

namespace Shop.Basket;

/// <summary>What Basket owns.</summary>
internal sealed class BasketDb(DbContextOptions<BasketDb> options) : DbContext(options)
{
    public DbSet<MemberBasket> Baskets => Set<MemberBasket>();

    /// <summary>Waits until no other transaction changes the basket. Null: the member has never put anything in.</summary>
    public Task<MemberBasket?> LockAsync(Guid member, CancellationToken cancel) =>
        Baskets.FromSql($"select * from baskets where member_id = {member} for update").SingleOrDefaultAsync(cancel);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(BasketDb).Assembly);
    }
}
