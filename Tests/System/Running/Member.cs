using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Shop.SystemTests.Running;

/// <summary>A signed-in member, with the calls that a browser makes.</summary>
public sealed class Member(HttpClient gateway, string accessToken)
{
    public static readonly object Address = new
    {
        recipient = "김하나", line1 = "세종대로 110", city = "서울", postalCode = "04524", country = "KR",
    };

    public string AccessToken => accessToken;

    public async Task<Order> PlaceOrderAsync(Product product, int quantity, string paymentToken = PaymentToken.Ok, string? key = null)
    {
        using var answer = await TryPlaceOrderAsync(product, quantity, paymentToken, key);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"{answer.StatusCode}: {body}");
        return new Order(this, JsonDocument.Parse(body).RootElement.GetProperty("orderId").GetString()!);
    }

    public Task<HttpResponseMessage> TryPlaceOrderAsync(Product product, int quantity, string paymentToken = PaymentToken.Ok, string? key = null) =>
        SendAsync(HttpMethod.Post, "/api/v1/orders", new
        {
            items = new[] { new { productId = product.Id, quantity } },
            paymentToken,
            shippingAddress = Address,
        }, ("Idempotency-Key", key ?? Guid.CreateVersion7().ToString()));

    /// <summary>With a coupon, and what the order must cost with it.</summary>
    public Task<HttpResponseMessage> TryPlaceOrderWithAsync(string coupon, Product product, int quantity, long? expectedTotal = null, string paymentToken = PaymentToken.Ok, string? key = null) =>
        SendAsync(HttpMethod.Post, "/api/v1/orders", new
        {
            items = new[] { new { productId = product.Id, quantity } },
            couponId = coupon,
            expectedTotal = expectedTotal is { } amount ? new { amount, currency = "KRW" } : null,
            paymentToken,
            shippingAddress = Address,
        }, ("Idempotency-Key", key ?? Guid.CreateVersion7().ToString()));

    public async Task<Order> PlaceOrderWithAsync(string coupon, Product product, int quantity, long? expectedTotal = null, string paymentToken = PaymentToken.Ok)
    {
        using var answer = await TryPlaceOrderWithAsync(coupon, product, quantity, expectedTotal, paymentToken);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, $"{answer.StatusCode}: {body}");
        return new Order(this, JsonDocument.Parse(body).RootElement.GetProperty("orderId").GetString()!);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, body: null);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return gateway.SendAsync(request);
    }
}
