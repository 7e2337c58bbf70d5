using System.Net;
using Shop.Load.Running;

namespace Shop.Load.Customers;

/// <summary>Products that are created for one measurement.</summary>
internal static class TestProducts
{
    public const long Price = 12_900;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    public static async Task<IReadOnlyList<Guid>> CreateAsync(GatewayClient gateway, ShopInfo shop, int products, long onHand, CancellationToken cancel)
    {
        var @operator = (await Buyer.SignInAsync(gateway, shop.Operator.Email, shop.Operator.Password, cancel)).Authorization.Parameter!;
        var category = (await gateway.CallAsync(HttpMethod.Get, "/api/v1/categories", body: null, token: null, cancel)).GetProperty("items")[0].GetProperty("id").GetString()!;
        var ids = new List<Guid>();
        for (var i = 0; i < products; i++)
        {
            var name = $"부하 시험 {Guid.CreateVersion7():N}";
            var product = await gateway.CallAsync(HttpMethod.Post, "/api/v1/ops/products", new
            {
                name = new { ko = name, en = name },
                description = new { ko = "부하 시험용", en = "For a load test" },
                categoryId = category,
                price = new { amount = Price, currency = "KRW" },
            }, @operator, cancel);
            ids.Add(product.GetProperty("id").GetGuid());
        }

        foreach (var id in ids)
            await StockAsync(gateway, @operator, id, onHand, cancel);
        return ids;
    }

    /// <summary>Retries 404: Inventory creates the stock row when it handles the product's event.</summary>
    private static async Task StockAsync(GatewayClient gateway, string @operator, Guid product, long onHand, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await gateway.CallAsync(HttpMethod.Put, $"/api/v1/ops/stock/{product}", new { onHand }, @operator, cancel);
                return;
            }
            catch (AnswerException failure) when (failure.Status == HttpStatusCode.NotFound && TimeProvider.System.GetElapsedTime(begun) < Timeout)
            {
                await Task.Delay(PollInterval, cancel);
            }
        }
    }
}
