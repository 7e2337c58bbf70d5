using System.Diagnostics;
using Shop.Catalog.Tests.Running;
using Shop.Catalog.V1;
using Shop.Testing;
using CatalogClient = Shop.Catalog.V1.CatalogService.CatalogServiceClient;

namespace Shop.Catalog.Tests.Caching;

/// <summary>Two processes on one database: one changes what the other has cached.</summary>
public sealed class TwoReplicasTests(RunningCatalog catalog)
{
    [Fact]
    public async Task A_price_shows_everywhere_and_never_changes_back()
    {
        await using var other = await catalog.AnotherReplicaAsync();
        var product = await catalog.AddAsync("두 곳의 상품", "Twinreplica", price: 1);
        using var over = new CancellationTokenSource();
        var watches = new[] { catalog.Catalog, other.Catalog }.SelectMany(replica => new[]
        {
            WatchAsync(() => PriceOnPageAsync(replica, product.Id), over.Token),
            WatchAsync(() => PriceInSearchAsync(replica), over.Token),
        }).ToList();

        const long last = 40;
        for (long price = 2; price <= last; price++)
        {
            // Alternately on both replicas.
            var client = price % 2 == 0 ? catalog.AsOperator : other.AsOperator;
            await client.UpdateProductAsync(new() { ProductId = product.Id, Price = new() { Amount = price, Currency = "KRW" } });
        }

        foreach (var replica in new[] { catalog.Catalog, other.Catalog })
        {
            await Eventually.TrueAsync(async () => await PriceOnPageAsync(replica, product.Id) == last && await PriceInSearchAsync(replica) == last,
                "the last price shows");
        }

        await over.CancelAsync();
        foreach (var seen in await Task.WhenAll(watches))
            Assert.Equal(seen.Order(), seen);
    }

    [Fact]
    public async Task A_product_of_another_replica_is_in_the_lists_at_once()
    {
        await using var other = await catalog.AnotherReplicaAsync(("Catalog:Cache:Life", "00:00:04"));
        var delays = new List<TimeSpan>();
        for (var i = 0; i < 5; i++)
        {
            await NewestAsync(other);
            var counted = await CountAsync(other);
            var added = await catalog.AddAsync("방금 나온 것", "Justout", category: "stationery");

            var delay = Stopwatch.StartNew();
            await Eventually.TrueAsync(async () => await NewestAsync(other) == added.Id && await CountAsync(other) > counted, "the new product shows");
            delays.Add(delay.Elapsed);
        }

        // Well within the lifetime of the other replica's entries; a single stall of the machine is tolerated.
        Assert.True(delays.Min() < TimeSpan.FromSeconds(2), string.Join(' ', delays));
    }

    [Fact]
    public async Task A_lost_signal_delays_a_change_by_the_lifetime_of_an_entry()
    {
        await using var other = await catalog.AnotherReplicaAsync();
        var product = await catalog.AddAsync("아무도 모르는 변화", "Lostword", price: 1);
        var search = new ListProductsRequest { Query = "lostword" };
        Assert.Equal(1, await PriceOnPageAsync(other.Catalog, product.Id));
        Assert.Equal(1, (await other.Catalog.ListProductsAsync(search)).Products.Single().Price.Amount);

        // Directly in the database, so no signal is sent.
        await catalog.Database.QueryAsync<int>("update products set price = 2 where id = @id", new { id = Guid.Parse(product.Id) });

        await Eventually.TrueAsync(async () => await PriceOnPageAsync(other.Catalog, product.Id) == 2
            && (await other.Catalog.ListProductsAsync(search)).Products.Single().Price.Amount == 2, "the price shows");
    }

    [Fact]
    public async Task A_replica_whose_listening_connection_breaks_listens_again()
    {
        await using var other = await catalog.AnotherReplicaAsync(("Catalog:Cache:Life", "00:00:04"));
        // The last statement of a listening session: it announced its replica.
        const string listening = "query like '%insert into persistence.replica%' and pid <> pg_backend_pid() and datname = current_database()";
        Task<List<int>> ListenersAsync() => catalog.Database.QueryAsync<int>($"select pid from pg_stat_activity where {listening}");
        await Eventually.TrueAsync(async () => (await ListenersAsync()).Count >= 2, "both listen");
        var before = await ListenersAsync();
        await catalog.Database.QueryAsync<bool>($"select pg_terminate_backend(pid) from pg_stat_activity where {listening}");

        await Eventually.TrueAsync(async () => (await ListenersAsync()).Except(before).Count() >= 2, "both listen again");
        var delays = new List<TimeSpan>();
        for (var i = 0; i < 3; i++)
        {
            await NewestAsync(other);
            var added = await catalog.AddAsync("다시 듣는다", "Heardagain", category: "stationery");
            var delay = Stopwatch.StartNew();
            await Eventually.TrueAsync(async () => await NewestAsync(other) == added.Id, "the new product shows");
            delays.Add(delay.Elapsed);
        }

        Assert.True(delays.Min() < TimeSpan.FromSeconds(2), string.Join(' ', delays));
    }

    [Fact]
    public async Task Orders_are_priced_by_the_database_and_not_by_the_cache()
    {
        var product = await catalog.AddAsync("주문할 것", "Ordered Thing", price: 1);
        await PriceOnPageAsync(catalog.Catalog, product.Id);
        await catalog.Database.QueryAsync<int>("update products set price = 2 where id = @id", new { id = Guid.Parse(product.Id) });

        Assert.Equal(2, (await catalog.Client(catalog.Tokens.Service("ordering", "catalog")).GetProductsAsync(new() { ProductIds = { product.Id } })).Products.Single().Price.Amount);
    }

    private static async Task<List<long>> WatchAsync(Func<Task<long>> price, CancellationToken until)
    {
        var seen = new List<long>();
        while (!until.IsCancellationRequested)
            seen.Add(await price());
        return seen;
    }

    private static async Task<long> PriceOnPageAsync(CatalogClient replica, string id) =>
        (await replica.GetProductAsync(new() { ProductId = id })).Product.Price.Amount;

    private static async Task<long> PriceInSearchAsync(CatalogClient replica) =>
        (await replica.ListProductsAsync(new() { Query = "twinreplica" })).Products.Single().Price.Amount;

    private static async Task<string> NewestAsync(CatalogReplica replica) =>
        (await replica.Catalog.ListProductsAsync(new() { CategoryId = "stationery", PageSize = 1 })).Products.Single().Id;

    private static async Task<int> CountAsync(CatalogReplica replica) =>
        (await replica.Catalog.ListCategoriesAsync(new())).Categories.Single(category => category.Id == "stationery").ProductCount;
}
