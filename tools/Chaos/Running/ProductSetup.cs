using System.Net;
using Shop.Chaos.Actors;
using Shop.Chaos.Plans;
using Shop.Load.Customers;
using Shop.Load.Running;

namespace Shop.Chaos.Running;

/// <summary>Creates the products of a run.</summary>
internal static class ProductSetup
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static async Task<Products> CreateAsync(ShopInfo shop, int orders, CancellationToken cancel)
    {
        using var client = new GatewayClient(shop.Gateway);
        var stock = new Dictionary<Guid, long>();
        var ids = new List<Guid>();
        for (var product = 0; product < Assortment.Products; product++)
        {
            var onHand = Assortment.Stock(product, orders);
            // A product of a failed try is never ordered.
            ids.Add(await RepeatAsync(async () => (await TestProducts.CreateAsync(client, shop, 1, onHand, cancel))[0], cancel));
            stock[ids[product]] = onHand;
        }
        return new(ids, stock, TestProducts.Price);
    }

    // A shop that has just been started on a busy machine may answer the first calls with 503.
    private static async Task<Guid> RepeatAsync(Func<Task<Guid>> create, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await create();
            }
            catch (AnswerException failure) when (failure.Status == HttpStatusCode.ServiceUnavailable && TimeProvider.System.GetElapsedTime(begun) < Timeout)
            {
                await Task.Delay(Pause, cancel);
            }
        }
    }
}
