using System.Net;
using Shop.Chaos.Actors;
using Shop.Chaos.Plans;
using Shop.Load.Customers;
using Shop.Load.Running;

namespace Shop.Chaos.Running;

/// <summary>Creates the products of a run.</summary>
internal static class ProductSetup
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static async Task<Products> CreateAsync(ShopInfo shop, int orders, CancellationToken cancel)
    {
        using var client = new GatewayClient(shop.Gateway);
        await WaitUntilReadyAsync(client, cancel);
        var stock = new Dictionary<Guid, long>();
        var ids = new List<Guid>();
        for (var product = 0; product < Assortment.Products; product++)
        {
            var onHand = Assortment.Stock(product, orders);
            ids.Add((await TestProducts.CreateAsync(client, shop, 1, onHand, cancel))[0]);
            stock[ids[product]] = onHand;
        }
        return new(ids, stock, TestProducts.Price);
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
}
