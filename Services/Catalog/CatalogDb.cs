using Microsoft.EntityFrameworkCore;
using Shop.Catalog.Categories;
using Shop.Catalog.Products;
using Shop.Catalog.Ratings;
using Shop.Catalog.Search;
using Shop.Catalog.Stock;
using Shop.Messaging;

namespace Shop.Catalog;

/// <summary>What Catalog owns. Each entity's mapping is in the same folder.</summary>
internal sealed class CatalogDb(DbContextOptions<CatalogDb> options) : DbContext(options)
{
    public DbSet<Product> Products => Set<Product>();

    public DbSet<Category> Categories => Set<Category>();

    public DbSet<SearchDocument> SearchDocuments => Set<SearchDocument>();

    public DbSet<ProductStock> Stock => Set<ProductStock>();

    public DbSet<ProductRating> Ratings => Set<ProductRating>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(CatalogDb).Assembly);
    }
}
