using System.Collections.Concurrent;
using System.Diagnostics;
using Grpc.Core;
using Shop.Inventory.Tests.Running;

namespace Shop.Inventory.Tests.Reservations;

/// <summary>The database cost of a single command: every round trip extends the time that a hot row is locked.</summary>
[Collection(nameof(CostTests))]
[CollectionDefinition(nameof(CostTests), DisableParallelization = true)]   // on its own: other tests' commands would share its transactions
public sealed class CostTests(RunningInventory inventory)
{
    [Fact]
    public async Task A_command_takes_two_or_three_round_trips_and_one_commit_without_savepoints()
    {
        var (one, two) = (await inventory.ProductAsync(10), await inventory.ProductAsync(10));
        var (sold, released) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        Assert.Equal(2, await CostAsync(headers => inventory.Inventory.ReserveAsync(StockCalls.Request(sold, (one, 1), (two, 2)), headers)));
        await AssertOneCommitAsync(sold, one, two);
        Assert.Equal(3, await CostAsync(headers => inventory.Inventory.ConfirmAsync(new() { OrderId = sold.ToString() }, headers)));
        await AssertOneCommitAsync(sold, one, two);
        Assert.Equal(2, await CostAsync(headers => inventory.Inventory.ReserveAsync(StockCalls.Request(released, (one, 1), (two, 2)), headers)));
        Assert.Equal(3, await CostAsync(headers => inventory.Inventory.ReleaseAsync(new() { OrderId = released.ToString() }, headers)));
        await AssertOneCommitAsync(released, one, two);
    }

    /// <summary>The last writes, including events, were made by one transaction.</summary>
    private async Task AssertOneCommitAsync(Guid order, params Guid[] products) => Assert.Single(await inventory.Database.QueryAsync<string>(
        """
        select xmin::text from reservations where order_id = @order
        union select xmin::text from stock where product_id = any(@products)
        union select max(xact)::text from messaging.outbox where key = any(@keys) group by key
        """,
        new { order, products, keys = products.Select(product => product.ToString()).ToArray() }));

    private static async Task<int> CostAsync<T>(Func<Metadata, AsyncUnaryCall<T>> call)
    {
        var trace = ActivityTraceId.CreateRandom();
        var statements = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = command =>
            {
                if (command.TraceId == trace && !command.OperationName.Contains("CONNECT", StringComparison.OrdinalIgnoreCase))
                    statements.Enqueue($"{command.DisplayName}: {string.Join(' ', command.TagObjects.Select(tag => tag.Value))}");
            },
        };
        ActivitySource.AddActivityListener(listener);

        await call(new Metadata { { "traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01" } });

        Assert.DoesNotContain(statements, statement => statement.Contains("savepoint", StringComparison.OrdinalIgnoreCase));
        return statements.Count;
    }
}
