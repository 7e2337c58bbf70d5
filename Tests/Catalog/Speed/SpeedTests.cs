using System.Diagnostics;
using Shop.Catalog.Tests.Running;
using Shop.Catalog.V1;

namespace Shop.Catalog.Tests.Speed;

/// <summary>
/// Measurements with 100,000 products. They take minutes, so they run on request only: <c>dotnet run --project Tests/Catalog -- -explicit only -class "*SpeedTests*"</c>.
/// </summary>
public sealed class SpeedTests(ITestOutputHelper output)
{
    private const int Products = 100_000;
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(8);
    private static readonly (string, string) NoCache = ("Catalog:Cache:Life", "00:00:00");

    [Fact(Explicit = true)]
    public async Task A_hundred_thousand_products_are_searched_in_a_moment()
    {
        await using var catalog = await FilledAsync();
        await using var uncached = await catalog.AnotherReplicaAsync(NoCache);

        foreach (var query in new[] { "무선 기계식 키보드", "키보드", "무선키보드", "에어프라이오", "keyboard", "keybord", "co", "wireles mecanical keybord", "캠핑 랜턴 무선 충전", "noise canceling hedphones black" })
        {
            var request = new ListProductsRequest { Query = query };
            await uncached.Catalog.ListProductsAsync(request);
            var time = Stopwatch.StartNew();
            var page = await uncached.Catalog.ListProductsAsync(request);
            output.WriteLine($"{time.Elapsed.TotalMilliseconds,7:0.0} ms  {query} → {page.Products.FirstOrDefault()?.Name}");
        }

        var alone = await Pace.OfAsync(1, Each, async random => await uncached.Catalog.ListProductsAsync(SearchMix.Any(random)));
        output.WriteLine($"search, 1 caller, no cache:  {alone}");
        output.WriteLine($"search, 4 callers, no cache: {await Pace.OfAsync(4, Each, async random => await uncached.Catalog.ListProductsAsync(SearchMix.Any(random)))}");
        output.WriteLine($"search, 4 callers, cache:    {await Pace.OfAsync(4, Each, async random => await catalog.Catalog.ListProductsAsync(SearchMix.Any(random)))}");

        Assert.True(alone.P99 < Limit.TotalMilliseconds, $"{alone}");
    }

    [Fact(Explicit = true)]
    public async Task What_the_cache_saves()
    {
        await using var catalog = await FilledAsync();
        await using var uncached = await catalog.AnotherReplicaAsync(NoCache);
        var ids = await catalog.Database.QueryAsync<Guid>("select id from products order by md5(id::text) limit 2000");

        foreach (var callers in new[] { 1, 8 })
        {
            foreach (var (name, replica) in new[] { ("without", uncached.Catalog), ("with   ", catalog.Catalog) })
            {
                // Some products are read far more often than others.
                output.WriteLine($"{callers} callers, product {name}:    {await Pace.OfAsync(callers, Each, async random =>
                    await replica.GetProductAsync(new() { ProductId = ids[(int)(ids.Count * Math.Pow(random.NextDouble(), 4))].ToString() }))}");
                output.WriteLine($"{callers} callers, first page {name}: {await Pace.OfAsync(callers, Each, async random =>
                    await replica.ListProductsAsync(new() { CategoryId = new[] { "", "coffee", "bags", "audio" }[random.Next(4)] }))}");
                output.WriteLine($"{callers} callers, categories {name}: {await Pace.OfAsync(callers, Each, async _ => await replica.ListCategoriesAsync(new()))}");
            }
        }
    }

    [Fact(Explicit = true)]
    public async Task The_effect_of_an_import_on_other_calls()
    {
        await using var catalog = await FilledAsync();
        await using var importing = await catalog.AnotherReplicaAsync();
        var ids = await catalog.Database.QueryAsync<Guid>("select id from products limit 2000");
        var ordering = catalog.Client(catalog.Tokens.Service("ordering", "catalog"));
        Task LookAsync(Random random) => random.Next(3) switch
        {
            0 => catalog.Catalog.GetProductAsync(new() { ProductId = ids[random.Next(ids.Count)].ToString() }).ResponseAsync,
            1 => catalog.Catalog.ListProductsAsync(new() { CategoryId = new[] { "", "coffee", "bags", "audio" }[random.Next(4)], Sort = (ProductSort)random.Next(2, 5) }).ResponseAsync,
            _ => ordering.GetProductsAsync(new() { ProductIds = { Enumerable.Range(0, 5).Select(_ => ids[random.Next(ids.Count)].ToString()) } }).ResponseAsync,
        };

        await Pace.OfAsync(2, TimeSpan.FromSeconds(3), LookAsync);
        for (var round = 0; round < 3; round++)
        {
            output.WriteLine($"without an import: {await PacedAsync(LookAsync)}");
            using var over = new CancellationTokenSource();
            var import = ImportAsync(importing, seed: round, over.Token);
            output.WriteLine($"with an import:    {await PacedAsync(LookAsync)}");
            await over.CancelAsync();
            output.WriteLine($"                   {await import:0} products/s imported meanwhile");
        }
    }

    // Some hundred calls per second, less than the machine's limit.
    private static Task<Pace> PacedAsync(Func<Random, Task> call) => Pace.OfAsync(4, Each, call, pause: TimeSpan.FromMilliseconds(10));

    private static async Task<double> ImportAsync(CatalogReplica replica, int seed, CancellationToken until)
    {
        var (time, count) = (Stopwatch.StartNew(), 0);
        foreach (var batch in ManyProducts.Imported(Products, seed).Chunk(100))
        {
            if (until.IsCancellationRequested)
                break;
            await replica.AsOperator.ImportProductsAsync(new() { Products = { batch } }, cancellationToken: CancellationToken.None);
            count += batch.Length;
        }

        return count / time.Elapsed.TotalSeconds;
    }

    private async Task<RunningCatalog> FilledAsync()
    {
        var catalog = new RunningCatalog();
        await catalog.InitializeAsync();
        var time = Stopwatch.StartNew();
        await ManyProducts.AddAsync(catalog.Database.ConnectionString, Products);
        output.WriteLine($"{Products} products in {time.Elapsed.TotalSeconds:0} s");
        foreach (var size in await catalog.Database.QueryAsync<string>("""
            select format('%s lexemes a product, %s bytes; all documents %s, their index %s', round(avg(cardinality(lexemes))), round(avg(pg_column_size(lexemes))),
                pg_size_pretty(pg_total_relation_size('search_documents') - pg_relation_size('ix_search_documents_lexemes')), pg_size_pretty(pg_relation_size('ix_search_documents_lexemes')))
            from search_documents
            """))
        {
            output.WriteLine(size);
        }

        return catalog;
    }
}
