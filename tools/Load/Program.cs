using Npgsql;
using Shop.Load;
using Shop.Load.ColdStart;
using Shop.Load.FlashSale;
using Shop.Load.Orders;
using Shop.Load.Outage;
using Shop.Load.Pages;
using Shop.Load.Rest;
using Shop.Load.Running;
using Shop.Load.Search;
using Shop.Load.Steps;

const string Help =
    """
    ./shop load orders      [--count 1000] [--buyers 16] [--no-wait] | [--rate R]   how fast orders are placed and confirmed, and what one costs;
                            --buyers 1,16,64 measures one after the other
                            [--provider-errors 0.01] [--declined 0.1] [--products 50] [--warm-up 300]
    ./shop load flash-sale  [--buyers 1000] [--pieces 100]     many buyers order one of few pieces at the same time
    ./shop load outage      [--seconds 30] [--rate 5]          whether anything slows down while the payment provider is unavailable, and how soon orders go on
    ./shop load search      [--products 100000] [--queries 2000] [--shoppers 1]   how long a search takes; imports what is missing
    ./shop load pages       [--readers 4] [--seconds 10]       what the storefront's pages cost: pages a second, bytes, CPU, memory
    ./shop load steps       [--count 300] [--buyers 1]         where the time of an order goes, step by step
    ./shop load rest        [--seconds 60] [--settle 30]       idle memory and CPU; start times, if it starts the shop
    ./shop load cold        [--customers 20] [--busy CORES] [--starts 1]  latency of the first customers after *ready* on a busy machine; starts a shop of its own

    Each command measures the shop that runs in this folder; if none runs, it starts an empty one on free ports and stops it at the end.
    --within SECONDS (300) limits the total time; --own starts a shop even if one runs; --info FILE is another shop's info.json.
    """;

if (args is [] or ["help"] or ["--help"] or ["-h"])
{
    Console.WriteLine(Help);
    return 0;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};

try
{
    var words = new Arguments(args.Skip(1));
    var within = TimeSpan.FromSeconds(words.Count("within", 300, 10, 7200));
    var own = words.Flag("own");
    var infoFile = words.Text("info");
    if (own && infoFile is not null)
        throw new MistakeException("--own and --info exclude each other.");

    var starts = 1;
    Func<RunningShop, CancellationToken, Task<bool>> command;
    switch (args[0])
    {
        case "orders":
            var orders = OrderOptions.Read(words);
            command = (shop, cancel) => OrderLoad.RunAsync(shop, orders, cancel);
            break;
        case "flash-sale":
            var (saleBuyers, pieces) = (words.Count("buyers", 1_000, 1, 20_000), words.Count("pieces", 100, 1, 100_000));
            command = (shop, cancel) => FlashSaleLoad.RunAsync(shop, saleBuyers, pieces, cancel);
            break;
        case "outage":
            var (each, rate) = (words.Count("seconds", 30, 5, 3600), words.Number("rate", 5, 0.1, 1_000));
            command = (shop, cancel) => OutageLoad.RunAsync(shop, TimeSpan.FromSeconds(each), rate, cancel);
            break;
        case "search":
            var (products, queries, shoppers) = (words.Count("products", 100_000, 0, 1_000_000), words.Count("queries", 2_000, 1, 1_000_000), words.Count("shoppers", 1, 1, 256));
            command = (shop, cancel) => SearchLoad.RunAsync(shop, products, queries, shoppers, cancel);
            break;
        case "pages":
            var (readers, reading) = (words.Count("readers", 4, 1, 256), words.Count("seconds", 10, 1, 3600));
            command = (shop, cancel) => PageLoad.RunAsync(shop, readers, TimeSpan.FromSeconds(reading), cancel);
            break;
        case "steps":
            var (count, buyers) = (words.Count("count", 300, 1, 100_000), words.Count("buyers", 1, 1, 1_000));
            command = (shop, cancel) => StepsLoad.RunAsync(shop, count, buyers, cancel);
            break;
        case "rest":
            var (seconds, settle) = (words.Count("seconds", 60, 1, 3600), words.Count("settle", 30, 0, 3600));
            starts = 2;
            command = (shop, cancel) => RestLoad.RunAsync(shop, TimeSpan.FromSeconds(settle), TimeSpan.FromSeconds(seconds), cancel);
            break;
        case "cold":
            if (infoFile is not null)
                throw new MistakeException("--info is not possible with cold, which starts a shop of its own.");
            var (customers, busy) = (words.Count("customers", 20, 1, 1_000), words.Count("busy", Environment.ProcessorCount, 0, 256));
            (own, starts) = (true, words.Count("starts", 1, 1, 2));
            await WarmClient.RunAsync(stop.Token);
            command = (shop, cancel) => ColdLoad.RunAsync(shop, customers, busy, cancel);
            break;
        default:
            throw new MistakeException($"there is no '{args[0]}'; see ./shop load help.");
    }
    words.NothingElse();

    await using var shop = await RunningShop.OpenAsync(own ? null : infoFile ?? Environment.GetEnvironmentVariable("SHOP_INFO"), starts, stop.Token);
    stop.CancelAfter(within);
    return await command(shop, stop.Token) ? 0 : 1;
}
catch (MistakeException failure)
{
    Console.Error.WriteLine($"load: {failure.Message}");
    return 2;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("load: cancelled, or not finished within --within.");
    return 1;
}
catch (Exception failure) when (failure is HttpRequestException or Shop.Checker.CannotCheckException or NpgsqlException or Shop.Load.Customers.AnswerException or IOException)
{
    Console.Error.WriteLine($"load: {failure.Message}");
    return 1;
}
