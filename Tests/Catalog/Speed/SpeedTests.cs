using System.Diagnostics;
using Shop.Catalog.Tests.Running;
using Shop.Catalog.V1;

namespace Shop.Catalog.Tests.Speed;

/// <summary>Takes minutes, so only when asked for: <c>dotnet run --project Tests/Catalog -- -explicit only</c>.</summary>
public sealed class SpeedTests(ITestOutputHelper output)
{
    private const int Products = 100_000;
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);

    [Fact(Explicit = true)]
    public async Task A_hundred_thousand_products_are_searched_in_a_moment()
    {
        await using var catalog = new RunningCatalog();
        await catalog.InitializeAsync();
        var time = Stopwatch.StartNew();
        await ManyProducts.AddAsync(catalog.Database.ConnectionString, Products);
        output.WriteLine($"{Products} products in {time.Elapsed.TotalSeconds:0} s");
        foreach (var size in await catalog.Database.QueryAsync<string>(
            "select relname || ' ' || pg_size_pretty(pg_total_relation_size(oid)) from pg_class where relname in ('product', 'search_document', 'search_document_lexemes')"))
            output.WriteLine(size);

        var slowest = TimeSpan.Zero;
        foreach (var request in Requests())
        {
            await catalog.Catalog.ListProductsAsync(request);
            var times = new List<TimeSpan>();
            var found = 0;
            for (var i = 0; i < 5; i++)
            {
                time.Restart();
                found = (await catalog.Catalog.ListProductsAsync(request)).Products.Count;
                times.Add(time.Elapsed);
            }

            var median = times.Order().ElementAt(2);
            slowest = median > slowest ? median : slowest;
            output.WriteLine($"{median.TotalMilliseconds,7:0.0} ms  {found,3}  {request.Query} {request.Sort} {request.CategoryId}");
        }

        Assert.True(slowest < Limit, $"{slowest}");
    }

    private static IEnumerable<ListProductsRequest> Requests()
    {
        yield return new();
        yield return new() { Sort = ProductSort.Price };
        yield return new() { Sort = ProductSort.PriceDescending, CategoryId = "coffee" };
        foreach (var query in new[]
        {
            "무선 기계식 키보드", "키보드", "무선", "보드", "무선키보드", "에어프라이오", "블루투쓰이어폰", "키 보 드", "wireless", "keyboard", "keybord", "wireles mecanical keybord",
            "set", "co", "캠핑 랜턴 무선 충전", "qzxqzx", "the", "kalomi 검정 7", "가로미 무선 키보드 남색 스위치 충전 동글 지원 블루투스 텐키리스",
        })
        {
            yield return new() { Query = query };
            if (query.Length < 8)
                yield return new() { Query = query, Sort = ProductSort.Price };
            yield return new() { Query = query, CategoryId = "lighting" };
        }
    }
}
