using System.Net;
using Shop.Load.Running;

namespace Shop.Load.Customers;

/// <summary>Products made for one measurement, so that nobody else buys them.</summary>
public static class Shelf
{
    public const long Price = 12_900;
    private static readonly TimeSpan KnownWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    public static async Task<IReadOnlyList<Guid>> FillAsync(GatewayClient gateway, ShopInfo shop, int products, long onHand, CancellationToken cancel)
    {
        var shopkeeper = (await Buyer.SignInAsync(gateway, shop.Operator.Email, shop.Operator.Password, cancel)).Authorization.Parameter!;
        var category = (await gateway.AskAsync(HttpMethod.Get, "/api/v1/categories", body: null, token: null, cancel)).GetProperty("items")[0].GetProperty("id").GetString()!;
        var ids = new List<Guid>();
        for (var i = 0; i < products; i++)
        {
            var name = $"부하 시험 {Guid.CreateVersion7():N}";
            var product = await gateway.AskAsync(HttpMethod.Post, "/api/v1/ops/products", new
            {
                name = new { ko = name, en = name },
                description = new { ko = "부하 시험용", en = "For a load test" },
                categoryId = category,
                price = new { amount = Price, currency = "KRW" },
            }, shopkeeper, cancel);
            ids.Add(product.GetProperty("id").GetGuid());
        }

        foreach (var id in ids)
            await StockAsync(gateway, shopkeeper, id, onHand, cancel);
        return ids;
    }

    /// <summary>Inventory hears of a new product by its event, so at first it may not know it.</summary>
    private static async Task StockAsync(GatewayClient gateway, string shopkeeper, Guid product, long onHand, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await gateway.AskAsync(HttpMethod.Put, $"/api/v1/ops/stock/{product}", new { onHand }, shopkeeper, cancel);
                return;
            }
            catch (AnswerException answer) when (answer.Status == HttpStatusCode.NotFound && TimeProvider.System.GetElapsedTime(begun) < KnownWithin)
            {
                await Task.Delay(Look, cancel);
            }
        }
    }
}
