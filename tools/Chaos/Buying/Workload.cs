using System.Collections.Concurrent;
using System.Net;
using Shop.Checker;
using Shop.Load.Customers;
using Shop.Load.Running;

namespace Shop.Chaos.Buying;

/// <summary>The members, the products they can buy, and the clients' own record of requests and answers.</summary>
public sealed class Workload(HttpClient gateway, IReadOnlyList<Shopper> shoppers, IReadOnlyDictionary<Guid, long> stock, Random random)
{
    private const int Members = 8;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);
    /// <summary>A quarter of the orders is cancelled: at once, during the checkout, or after it.</summary>
    private static readonly TimeSpan LongestCancelAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentBag<(RequestedOrder Order, int Tries)> _requested = [];
    private readonly List<Task> _running = [];
    private int _keys;

    /// <summary>The number of repeated requests.</summary>
    public int Repeats => _requested.Sum(requested => requested.Tries - 1);

    public IReadOnlyList<RequestedOrder> Unanswered => [.. _requested.Select(requested => requested.Order).Where(order => order.OrderId is null)];

    public ClientRecord Record => new() { Stock = stock, Orders = [.. _requested.Select(requested => requested.Order)] };

    /// <summary>Some products that never sell out, and one that does.</summary>
    public static async Task<Workload> CreateAsync(ShopInfo shop, int orders, Random random, CancellationToken cancel)
    {
        var http = new HttpClient { BaseAddress = new Uri(shop.Gateway), Timeout = TimeSpan.FromSeconds(20) };
        var stock = new Dictionary<Guid, long>();
        using (var client = new GatewayClient(shop.Gateway))
        {
            await WaitUntilReadyAsync(client, cancel);
            foreach (var (count, onHand) in new[] { (3, orders * 6L), (1, orders / 8L + 1) })
                foreach (var id in await TestProducts.CreateAsync(client, shop, count, onHand, cancel))
                    stock[id] = onHand;
        }

        var shoppers = new List<Shopper>();
        for (var i = 0; i < Members; i++)
            shoppers.Add(await Shopper.SignUpAsync(http, cancel));
        return new(http, shoppers, stock, random);
    }

    // A shop that has just been started on a busy machine may answer the first calls with 503.
    private static async Task WaitUntilReadyAsync(GatewayClient client, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await client.CallAsync(HttpMethod.Get, "/api/v1/categories", body: null, token: null, cancel);
                return;
            }
            catch (AnswerException failure) when (failure.Status == HttpStatusCode.ServiceUnavailable && TimeProvider.System.GetElapsedTime(begun) < Timeout)
            {
                await Task.Delay(Pause, cancel);
            }
        }
    }

    /// <summary>Starts all orders and does not wait for the answers.</summary>
    public void Buy(int orders, CancellationToken cancel)
    {
        for (var i = 0; i < orders; i++)
        {
            var products = random.GetItems([.. stock.Keys], random.Next(1, 3)).Distinct();
            var items = products.ToDictionary(product => product, _ => random.Next(1, 4));
            var shopper = shoppers[random.Next(shoppers.Count)];
            var token = PaymentTokens.Any(random);
            TimeSpan? cancelAfter = random.Next(4) == 0 ? LongestCancelAfter * random.NextDouble() : null;
            var key = $"chaos-{++_keys}";
            _running.Add(Task.Run(async () => _requested.Add(await shopper.BuyAsync(items, token, key, cancelAfter, cancel)), cancel));
        }
    }

    public async Task FinishAsync()
    {
        await Task.WhenAll(_running);
        gateway.Dispose();
    }
}
