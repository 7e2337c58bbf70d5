using System.Diagnostics;
using System.Globalization;
using System.Net;
using Shop.Load.Customers;
using Shop.Load.Measuring;
using Shop.Load.Running;
using Shop.Load.Search;

namespace Shop.Load.Pages;

/// <summary><c>pages</c>: what the storefront's pages cost, for readers who are not signed in and have no cookies.</summary>
internal static class PageLoad
{
    private const string Storefront = "storefront";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    private sealed record Kind(string Name, Func<int, string> Path);

    private sealed record Result(int Pages, TimeSpan Lasted, Percentiles Took, long Bytes, double StorefrontCpu, double AllCpu);

    public static async Task<bool> RunAsync(RunningShop shop, int readers, TimeSpan duration, CancellationToken cancel)
    {
        var address = shop.Info.Storefront ?? throw new MistakeException("the shop's info has no storefront.");
        // Compressed, as browsers ask for it, and counted so.
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            BaseAddress = new(address), Timeout = TimeSpan.FromSeconds(30), DefaultRequestHeaders = { { "Accept-Encoding", "br, gzip" }, { "Accept", "text/html" } },
        };
        var processes = new ShopProcesses(shop);
        var table = new Table("page", "pages", "a second", "p50 ms", "p99", "bytes", "storefront ms CPU", "a core a second", "all ms CPU");
        foreach (var kind in await KindsAsync(shop, cancel))
        {
            Progress.Say($"{kind.Name}: {readers} reader{(readers == 1 ? "" : "s")} for {duration.TotalSeconds:0} s…");
            await MeasureAsync(http, processes, kind, readers, WarmUp, cancel);
            var result = await MeasureAsync(http, processes, kind, readers, duration, cancel);
            table.Add(kind.Name, $"{result.Pages}", Number(result.Pages / result.Lasted.TotalSeconds, 0), Number(result.Took.At(0.5), 1), Number(result.Took.At(0.99), 1), $"{result.Bytes / result.Pages}",
                Number(result.StorefrontCpu * 1000 / result.Pages, 2), Number(result.Pages / result.StorefrontCpu, 0), Number(result.AllCpu * 1000 / result.Pages, 2));
        }

        Console.WriteLine(table);
        Console.WriteLine();
        Console.WriteLine($"memory of the storefront: {processes.Memory().GetValueOrDefault(Storefront) / 1024.0 / 1024.0:0} MB (proportional set size), {Environment.ProcessorCount} cores for everything, this program included");
        return true;
    }

    private static async Task<IReadOnlyList<Kind>> KindsAsync(RunningShop shop, CancellationToken cancel)
    {
        using var gateway = new GatewayClient(shop.Info.Gateway);
        var categories = (await gateway.CallAsync(HttpMethod.Get, "/api/v1/categories", body: null, token: null, cancel)).GetProperty("items").EnumerateArray()
            .Where(category => category.GetProperty("productCount").GetInt64() > 0).Select(category => category.GetProperty("id").GetString()!).ToArray();
        var products = (await gateway.CallAsync(HttpMethod.Get, "/api/v1/products?pageSize=100", body: null, token: null, cancel)).GetProperty("items").EnumerateArray()
            .Select(product => product.GetProperty("id").GetString()!).ToArray();
        if (categories.Length == 0 || products.Length == 0)
            throw new MistakeException("the shop has no products.");
        var words = SearchWords.ByKind.Values.SelectMany(kind => kind).Select(Uri.EscapeDataString).ToArray();
        return
        [
            new("home", number => $"/{Language(number)}"),
            new("category", number => $"/{Language(number)}/categories/{categories[number / 2 % categories.Length]}"),
            new("product", number => $"/{Language(number)}/products/{products[number / 2 % products.Length]}"),
            new("search", number => $"/{Language(number)}/search?query={words[number / 2 % words.Length]}"),
            new("sign-in", number => $"/{Language(number)}/sign-in"),
        ];
    }

    private static async Task<Result> MeasureAsync(HttpClient http, ShopProcesses processes, Kind kind, int readers, TimeSpan duration, CancellationToken cancel)
    {
        var (next, bytes) = (0, 0L);
        var before = processes.Cpu();
        var begun = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, readers).Select(_ => ReadAsync()));
        var lasted = Stopwatch.GetElapsedTime(begun);
        var used = processes.Cpu().ToDictionary(process => process.Key, process => process.Value - before.GetValueOrDefault(process.Key));
        var took = new Percentiles(times.SelectMany(reader => reader));
        return new(took.Count, lasted, took, bytes, used.GetValueOrDefault(Storefront), used.Where(process => process.Key != ShopProcesses.Load).Sum(process => process.Value));

        async Task<List<double>> ReadAsync()
        {
            var took = new List<double>();
            while (took.Count == 0 || Stopwatch.GetElapsedTime(begun) < duration)
            {
                var path = kind.Path(Interlocked.Increment(ref next));
                var sent = Stopwatch.GetTimestamp();
                using var answer = await http.GetAsync(path, cancel);
                var body = await answer.Content.ReadAsByteArrayAsync(cancel);
                took.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                if (answer.StatusCode != HttpStatusCode.OK)
                    throw new MistakeException($"{path} was answered with {(int)answer.StatusCode}.");
                Interlocked.Add(ref bytes, body.Length);
            }
            return took;
        }
    }

    // Each page in both languages, one after the other.
    private static string Language(int number) => number % 2 == 0 ? "ko" : "en";

    private static string Number(double value, int digits) => value.ToString($"F{digits}", CultureInfo.InvariantCulture);
}
