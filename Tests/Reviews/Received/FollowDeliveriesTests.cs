using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Shop.Ordering.V1;
using Shop.Reviews.Received;
using Shop.Reviews.Tests.Running;

namespace Shop.Reviews.Tests.Received;

public sealed class FollowDeliveriesTests(RunningReviews reviews)
{
    private readonly Guid _member = Guid.CreateVersion7();

    /// <summary>Each has two orders of one member with the same two products, in another order.</summary>
    [Fact]
    public async Task Two_batches_at_once_wait_for_each_other_in_turn_and_not_in_a_circle()
    {
        var products = new[] { Guid.CreateVersion7(), Guid.CreateVersion7() };
        await using var first = await Batch.BeginAsync(reviews);
        await first.HandleAsync(Delivered(products[0]));

        var second = SecondAsync();
        await Eventually.TrueAsync(async () => second.IsCompleted || (await reviews.QueryAsync<bool>("select exists (select from pg_locks where not granted)")).Single(), "the second batch waits");
        await first.HandleAsync(Delivered(products[1]));
        await first.CommitAsync();
        await second;

        Assert.Equal(products.Order(), (await reviews.QueryAsync<Guid>("select product_id from received_products where member_id = @_member", new { _member })).Order());

        async Task SecondAsync()
        {
            await using var batch = await Batch.BeginAsync(reviews);
            await batch.HandleAsync(Delivered(products[1]));
            await batch.HandleAsync(Delivered(products[0]));
            await batch.CommitAsync();
        }
    }

    private OrderDelivered Delivered(Guid product) =>
        new() { OrderId = Guid.CreateVersion7().ToString(), MemberId = _member.ToString(), Lines = { new PricedLine { ProductId = product.ToString() } } };

    /// <summary>Several events in one transaction, as the consumer handles them, without its repetition after a deadlock.</summary>
    private sealed class Batch : IAsyncDisposable
    {
        private readonly AsyncServiceScope _scope;
        private readonly ReviewsDb _db;
        private readonly IDbContextTransaction _transaction;

        private Batch(AsyncServiceScope scope, ReviewsDb db, IDbContextTransaction transaction) => (_scope, _db, _transaction) = (scope, db, transaction);

        public static async Task<Batch> BeginAsync(RunningReviews reviews)
        {
            var scope = reviews.First.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ReviewsDb>();
            return new(scope, db, await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken));
        }

        public Task HandleAsync(OrderDelivered delivered) => new FollowDeliveries(_db).HandleAsync(delivered, null!, TestContext.Current.CancellationToken);

        public Task CommitAsync() => _transaction.CommitAsync(TestContext.Current.CancellationToken);

        public async ValueTask DisposeAsync()
        {
            await _transaction.DisposeAsync();
            await _scope.DisposeAsync();
        }
    }
}
