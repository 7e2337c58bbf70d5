using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shop.Load.Customers;
using Shop.Load.Running;
using Shop.Testing;

namespace Shop.Load.Search;

/// <summary>Imports products through the operators' endpoint.</summary>
internal static class ProductImport
{
    public static async Task<long> CountAsync(GatewayClient gateway, CancellationToken cancel) =>
        (await gateway.CallAsync(HttpMethod.Get, "/api/v1/categories", body: null, token: null, cancel)).GetProperty("items")
            .EnumerateArray().Sum(category => category.GetProperty("productCount").GetInt64());

    public static async Task RunAsync(GatewayClient gateway, ShopInfo shop, int products, CancellationToken cancel)
    {
        var @operator = await Buyer.SignInAsync(gateway, shop.Operator.Email, shop.Operator.Password, cancel);
        var file = string.Join('\n', ProductFile.Lines(products).Prepend(ProductFile.Header));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/ops/products/import")
        {
            Content = new StringContent(file, Encoding.UTF8, "text/csv"),
            Headers = { Authorization = @operator.Authorization, Accept = { new MediaTypeWithQualityHeaderValue("application/x-ndjson") } },
        };
        using var answer = await gateway.StreamAsync(request, cancel);
        if (!answer.IsSuccessStatusCode)
            throw new MistakeException($"the import was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancel)}");

        using var report = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel));
        JsonElement last = default;
        for (var reported = 0L; await report.ReadLineAsync(cancel) is { } line;)
        {
            last = JsonDocument.Parse(line).RootElement;
            if (last.GetProperty("event").GetString() == "progress" && last.TryGetProperty("lines", out var lines) && lines.GetInt64() is var now && now >= reported + 10_000)
                Progress.Say($"{reported = now} of {products} imported");
        }
        if (last.ValueKind is not JsonValueKind.Object || last.GetProperty("event").GetString() != "done")
            throw new MistakeException($"the import failed: {last}");
    }
}
