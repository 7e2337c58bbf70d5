using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Shop.Catalog.Search;
using Shop.Messaging;
using Shop.Persistence;
using Shop.Persistence.Workers;

namespace Shop.Catalog.Seed;

/// <summary>
/// Adds the sample products to an empty catalog at start, in one transaction. Replicas take a lock, so only the first one adds them.
/// The service is not ready before.
/// </summary>
internal sealed partial class SeedProducts(
    IServiceScopeFactory scopes, DatabaseReadiness database, IOptions<SeedOptions> options, IHostEnvironment environment, TimeProvider clock, ILogger<SeedProducts> logger)
    : Worker, IHealthCheck
{
    // "catseed1"
    private const long LockKey = 0x6361747365656431;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        ExecuteTask is { IsCompletedSuccessfully: true } ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The sample products are not added yet."));

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        if (!(options.Value.Seed ?? environment.IsDevelopment()))
            return;

        await database.WaitAsync(stopping);
        await using var scope = scopes.CreateAsyncScope();
        var added = await SeedAsync(scope.ServiceProvider.GetRequiredService<CatalogDb>(), stopping);
        if (added > 0)
            LogSeeded(added);
    }

    internal Task<int> SeedAsync(CatalogDb db, CancellationToken cancel) => db.InTransactionAsync(async token =>
    {
        if (await db.Products.AnyAsync(token))
            return 0;

        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockKey})", token);
        if (await db.Products.AnyAsync(token))
            return 0;

        var products = SampleProducts.Read();
        foreach (var product in products)
        {
            db.Products.Add(product);
            db.SearchDocuments.Add(SearchDocument.Of(product.Id, product.Name, product.Description));
            db.Publish(product.Added(clock.GetUtcNow()));
        }

        return products.Count;
    }, cancel);

    [LoggerMessage(LogLevel.Information, "Catalog was empty: {Count} sample products added")]
    private partial void LogSeeded(int count);
}
