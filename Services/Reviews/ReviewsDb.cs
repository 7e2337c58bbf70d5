using Microsoft.EntityFrameworkCore;
using Shop.Messaging;
using Shop.Reviews.Authors;
using Shop.Reviews.Received;
using Shop.Reviews.Written;

namespace Shop.Reviews;

/// <summary>What Reviews owns. Each entity's mapping is in the same folder.</summary>
internal sealed class ReviewsDb(DbContextOptions<ReviewsDb> options) : DbContext(options)
{
    public DbSet<Review> Reviews => Set<Review>();

    public DbSet<Rating> Ratings => Set<Rating>();

    public DbSet<ReceivedProduct> ReceivedProducts => Set<ReceivedProduct>();

    public DbSet<Author> Authors => Set<Author>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ReviewsDb).Assembly);
    }
}
