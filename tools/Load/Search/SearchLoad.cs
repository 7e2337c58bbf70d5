using System.Diagnostics;
using System.Net.Http.Headers;
using Shop.Load.Customers;
using Shop.Load.Measuring;
using Shop.Load.Running;

namespace Shop.Load.Search;

/// <summary><c>search</c>: the latency of searches through the gateway, by kind of query.</summary>
internal static class SearchLoad
{
    private const int WarmUp = 200;

    public static async Task<bool> RunAsync(RunningShop shop, int products, int queries, int shoppers, CancellationToken cancel)
    {
        using var gateway = new GatewayClient(shop.Info.Gateway);
        if (await ProductImport.CountAsync(gateway, cancel) is var there && there < products)
        {
            Progress.Say($"importing {products} products ({there} are there)…");
            await ProductImport.RunAsync(gateway, shop.Info, products, cancel);
        }
        var count = await ProductImport.CountAsync(gateway, cancel);
        var searches = SearchWords.ByKind.SelectMany(kind => kind.Value.Select(words => (Kind: kind.Key, Words: words))).ToArray();

        Progress.Say($"{queries} searches among {count} products by {shoppers} shopper{(shoppers == 1 ? "" : "s")}…");
        await SearchAsync(WarmUp, 1);
        var begun = Stopwatch.GetTimestamp();
        var times = await SearchAsync(queries, shoppers);
        var lasted = Stopwatch.GetElapsedTime(begun);

        Console.WriteLine($"{queries} searches among {count} products by {shoppers} shopper{(shoppers == 1 ? "" : "s")}, {queries / lasted.TotalSeconds:0} a second");
        var table = new Table("search", "times", "p50 ms", "p99", "longest");
        foreach (var kind in times.GroupBy(time => time.Kind))
            Add(kind.Key, new(kind.Select(time => time.Milliseconds)));
        Add("all", new(times.Select(time => time.Milliseconds)));
        Console.WriteLine(table);
        return true;

        void Add(string kind, Percentiles took) => table.Add(kind, $"{took.Count}", $"{took.At(0.5):0.0}", $"{took.At(0.99):0.0}", $"{took.At(1):0.0}");

        async Task<(string Kind, double Milliseconds)[]> SearchAsync(int number, int atOnce)
        {
            var took = new (string, double)[number];
            await Parallel.ForAsync(0, number, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancel }, async (i, stop) =>
            {
                var (kind, words) = searches[i % searches.Length];
                took[i] = (kind, await OneAsync(words, i, stop));
            });
            return took;
        }

        async Task<double> OneAsync(string words, int number, CancellationToken stop)
        {
            // Pages are cached for a short time; another page size bypasses the cache.
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/products?query={Uri.EscapeDataString(words)}&pageSize={20 + (number / searches.Length % 30)}")
            {
                Headers = { AcceptLanguage = { new StringWithQualityHeaderValue(number % 2 == 0 ? "ko" : "en") } },
            };
            var sent = Stopwatch.GetTimestamp();
            using var answer = await gateway.SendAsync(request, stop);
            await answer.Content.ReadAsByteArrayAsync(stop);
            var took = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
            return answer.IsSuccessStatusCode ? took : throw new MistakeException($"a search for {words} was answered with {(int)answer.StatusCode}.");
        }
    }
}
