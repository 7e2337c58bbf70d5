using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Shop.Basket.Items;
using Shop.Ordering.V1;

namespace Shop.Basket.Tests.Running;

/// <summary>Several events in one transaction, as the consumer handles them, without its repetition after a deadlock.</summary>
internal sealed class Batch : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;
    private readonly BasketDb _db;
    private readonly IDbContextTransaction _transaction;

    private Batch(AsyncServiceScope scope, BasketDb db, IDbContextTransaction transaction) => (_scope, _db, _transaction) = (scope, db, transaction);

    public static async Task<Batch> BeginAsync(RunningBasket basket)
    {
        var scope = basket.First.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BasketDb>();
        return new(scope, db, await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken));
    }

    public static async Task<bool> AnyWaitsAsync(RunningBasket basket) =>
        (await basket.QueryAsync<bool>("select exists (select from pg_locks where not granted)")).Single();

    public Task HandleAsync(OrderConfirmed confirmed) => new RemoveBought(_db).HandleAsync(confirmed, null!, TestContext.Current.CancellationToken);

    public async Task CommitAsync()
    {
        await _db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await _transaction.CommitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _scope.DisposeAsync();
    }
}
