using System.Collections.Concurrent;
using System.Net;
using Shop.Checker;
using Shop.Load.Customers;
using Shop.Load.Running;

namespace Shop.Chaos.Buying;

/// <summary>The members, what they can buy, and their own record of what they were told.</summary>
public sealed class Crowd(HttpClient gateway, IReadOnlyList<Shopper> shoppers, IReadOnlyDictionary<Guid, long> shelf, Random random)
{
    private const int Members = 8;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentBag<(AskedOrder Order, int Tries)> _asked = [];
    private readonly List<Task> _underWay = [];
    private int _keys;

    /// <summary>How often an order had to be asked for again.</summary>
    public int Repeats => _asked.Sum(asked => asked.Tries - 1);

    public IReadOnlyList<AskedOrder> Unanswered => [.. _asked.Select(asked => asked.Order).Where(order => order.OrderId is null)];

    public ClientRecord Record => new() { Stock = shelf, Orders = [.. _asked.Select(asked => asked.Order)] };

    /// <summary>Some products that never sell out, and one that does.</summary>
    public static async Task<Crowd> GatherAsync(ShopInfo shop, int orders, Random random, CancellationToken cancel)
    {
        var http = new HttpClient { BaseAddress = new Uri(shop.Gateway), Timeout = TimeSpan.FromSeconds(20) };
        var shelf = new Dictionary<Guid, long>();
        using (var client = new GatewayClient(shop.Gateway))
        {
            await AnswersAsync(client, cancel);
            foreach (var (count, onHand) in new[] { (3, orders * 6L), (1, orders / 8L + 1) })
                foreach (var id in await Shelf.FillAsync(client, shop, count, onHand, cancel))
                    shelf[id] = onHand;
        }

        var shoppers = new List<Shopper>();
        for (var i = 0; i < Members; i++)
            shoppers.Add(await Shopper.SignUpAsync(http, cancel));
        return new(http, shoppers, shelf, random);
    }

    // A shop that has just been started on a busy machine may be too slow for the first calls.
    private static async Task AnswersAsync(GatewayClient client, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await client.AskAsync(HttpMethod.Get, "/api/v1/categories", body: null, token: null, cancel);
                return;
            }
            catch (AnswerException failure) when (failure.Status == HttpStatusCode.ServiceUnavailable && TimeProvider.System.GetElapsedTime(begun) < Timeout)
            {
                await Task.Delay(Pause, cancel);
            }
        }
    }

    /// <summary>They all begin now; nobody waits for the answers.</summary>
    public void Buy(int orders, CancellationToken cancel)
    {
        for (var i = 0; i < orders; i++)
        {
            var products = random.GetItems([.. shelf.Keys], random.Next(1, 3)).Distinct();
            var items = products.ToDictionary(product => product, _ => random.Next(1, 4));
            var shopper = shoppers[random.Next(shoppers.Count)];
            var token = PaymentTokens.Any(random);
            var key = $"chaos-{++_keys}";
            _underWay.Add(Task.Run(async () => _asked.Add(await shopper.BuyAsync(items, token, key, cancel)), cancel));
        }
    }

    public async Task FinishAsync()
    {
        await Task.WhenAll(_underWay);
        gateway.Dispose();
    }
}
