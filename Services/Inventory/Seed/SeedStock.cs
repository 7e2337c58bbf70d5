using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Shop.Messaging;
using Shop.Persistence;
using Shop.Persistence.Workers;

namespace Shop.Inventory.Seed;

/// <summary>Sets the opening stock of the sample products, once: later counts and sales are kept. The service is not ready before.</summary>
internal sealed partial class SeedStock(
    IServiceScopeFactory scopes, DatabaseReadiness database, IOptions<SeedOptions> options, IHostEnvironment environment, ILogger<SeedStock> logger)
    : Worker, IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        ExecuteTask is { IsCompletedSuccessfully: true } ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The opening stock is not set yet."));

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        if (!(options.Value.Seed ?? environment.IsDevelopment()))
            return;

        await database.WaitAsync(stopping);
        await using var scope = scopes.CreateAsyncScope();
        var seeded = await SeedAsync(scope.ServiceProvider.GetRequiredService<InventoryDb>(), stopping);
        if (seeded > 0)
            LogSeeded(seeded);
    }

    internal static Task<int> SeedAsync(InventoryDb db, CancellationToken cancel)
    {
        var (productIds, onHand) = OpeningStock.Read();
        return db.InTransactionAsync(async token =>
        {
            // A row of version 1 without stock was created by the ProductAdded event and has not been counted yet.
            var seeded = await db.Stock.FromSql($"""
                insert into stock (product_id, on_hand, reserved, version, changed_at)
                select product_id, on_hand, 0, 1, now() from unnest({productIds}, {onHand}) as opening(product_id, on_hand) order by product_id
                on conflict (product_id) do update set on_hand = excluded.on_hand, version = stock.version + 1, changed_at = now()
                where stock.version = 1 and stock.on_hand = 0 and excluded.on_hand > 0
                returning *
                """).AsNoTracking().ToListAsync(token);
            foreach (var stock in seeded)
                db.Publish(stock.Changed());
            return seeded.Count;
        }, cancel);
    }

    [LoggerMessage(LogLevel.Information, "Opening stock of {Count} sample products is set")]
    private partial void LogSeeded(int count);
}
