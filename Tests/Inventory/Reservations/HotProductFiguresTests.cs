using System.Diagnostics;
using Npgsql;
using Shop.Inventory.Tests.Running;
using InventoryClient = Shop.Inventory.V1.InventoryService.InventoryServiceClient;

namespace Shop.Inventory.Tests.Reservations;

/// <summary>Figures on request: <c>dotnet Shop.Inventory.Tests.dll -explicit only -class "*HotProductFiguresTests" -showliveoutput</c>.</summary>
public sealed class HotProductFiguresTests(RunningInventory inventory, ITestOutputHelper output)
{
    private const int Buyers = 64;
    private const int Reservations = 3_000;

    [Fact(Explicit = true)]
    public async Task Reservations_of_one_product_beside_the_machines_limit()
    {
        await using var alone = await inventory.ReplicaAsync(("Groups:Largest", "1"));
        await using var grouped = await inventory.ReplicaAsync();
        var (apart, together) = (inventory.Client(inventory.Tokens.Service("ordering", "inventory"), alone), inventory.Client(inventory.Tokens.Service("ordering", "inventory"), grouped));
        var product = await inventory.ProductAsync(1_000_000);
        for (var warm = 0; warm < 2; warm++)
        {
            await ReserveAsync(apart, product, 300);
            await ReserveAsync(together, product, 300);
        }

        await TellAsync("limit: commits of one hot row", await CommitsAsync(_ => 0));
        await TellAsync("limit: commits of a row each", await CommitsAsync(buyer => buyer));
        await TellAsync("reservations, each its own transaction", await ReserveAsync(apart, product, Reservations), product);
        await TellAsync("reservations, grouped", await ReserveAsync(together, product, Reservations), product);
        await TellAsync("one buyer, each its own transaction", await ReserveAsync(apart, product, 300, buyers: 1), product);
        await TellAsync("one buyer, grouped", await ReserveAsync(together, product, 300, buyers: 1), product);

        var scarce = await inventory.ProductAsync(100);
        var begun = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Answers.OfAsync(async () =>
        {
            var order = Guid.CreateVersion7();
            await together.ReserveAsync(StockCalls.Request(order, (scarce, 1)));
            await together.ConfirmAsync(new() { OrderId = order.ToString() });
        })));
        output.WriteLine($"flash sale, 1,000 for 100: {answers.Count("done".Equals)} sold in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.00} s, "
            + $"{(await inventory.Database.StockAsync(scarce)).Version - 2} commits of the row for 200 commands and 900 refusals");
    }

    private long _version = 2;

    private async Task TellAsync(string what, (int Count, TimeSpan Took) run, Guid? product = null)
    {
        var commits = "";
        if (product is { } id)
        {
            var version = (await inventory.Database.StockAsync(id)).Version;
            commits = _version == 2 ? "" : $", {version - _version} commits";
            _version = version;
        }

        output.WriteLine($"{what}: {run.Count / run.Took.TotalSeconds:0}/s{commits}");
    }

    private static Task<(int, TimeSpan)> ReserveAsync(InventoryClient client, Guid product, int count, int buyers = Buyers) =>
        MeasureAsync(count, buyers, async _ => await client.ReserveAsync(StockCalls.Request(Guid.CreateVersion7(), (product, 1))));

    private async Task<(int, TimeSpan)> CommitsAsync(Func<int, int> rowOf)
    {
        await using var source = new NpgsqlDataSourceBuilder(inventory.ConnectionString + ";Maximum Pool Size=64;Max Auto Prepare=5;Auto Prepare Min Usages=2").Build();
        await using (var create = source.CreateCommand("drop table if exists figures; create table figures (id int primary key, n int) with (fillfactor = 50); insert into figures select i, 0 from generate_series(0, 63) i"))
            await create.ExecuteNonQueryAsync();
        return await MeasureAsync(Reservations, Buyers, async buyer =>
        {
            await using var update = source.CreateCommand("update figures set n = n + 1 where id = $1");
            update.Parameters.Add(new NpgsqlParameter<int> { TypedValue = rowOf(buyer) });
            await update.ExecuteNonQueryAsync();
        });
    }

    private static async Task<(int, TimeSpan)> MeasureAsync(int count, int buyers, Func<int, Task> work)
    {
        var left = count;
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, buyers).Select(buyer => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
                await work(buyer);
        })));
        return (count, Stopwatch.GetElapsedTime(begun));
    }
}
