using System.Text.Json;
using Shop.Testing;

namespace Shop.SystemTests.Running;

/// <summary>An order of a member, seen through the public API.</summary>
public sealed class Order(Member member, string id)
{
    public string Id => id;

    public Task<JsonElement> GetAsync() => member.GetAsync($"/api/v1/orders/{id}");

    /// <summary>Waits until the order's shipment is in that state, and answers the shipment's id.</summary>
    public async Task<string> ShipmentBecomesAsync(string status)
    {
        var shipment = default(JsonElement);
        await Eventually.TrueAsync(async () =>
        {
            shipment = (await GetAsync()).GetProperty("shipment");
            return shipment.ValueKind == JsonValueKind.Object && shipment.GetProperty("status").GetString() == status;
        }, $"the shipment of order {id} is {status}", TimeSpan.FromSeconds(30));
        return shipment.GetProperty("id").GetString()!;
    }

    public Task<HttpResponseMessage> CancelAsync(string? reason = null, string? key = null) =>
        member.SendAsync(HttpMethod.Post, $"/api/v1/orders/{id}/cancel", new { reason }, ("Idempotency-Key", key ?? Guid.CreateVersion7().ToString()));

    public Task StatusIsAsync(string status) =>
        Eventually.TrueAsync(async () => (await GetAsync()).GetProperty("status").GetString() == status, $"order {id} is {status}", TimeSpan.FromSeconds(30));

    public async Task IsCancelledAsync(string reason)
    {
        await StatusIsAsync("cancelled");
        Assert.Equal(reason, (await GetAsync()).GetProperty("reason").GetString());
    }

    /// <summary>Waits until the order has left <c>pending</c>, and expects that status.</summary>
    public async Task<JsonElement> BecomesAsync(string status, TimeSpan? within = null)
    {
        JsonElement order = default;
        await Eventually.TrueAsync(async () =>
        {
            order = await GetAsync();
            return order.GetProperty("status").GetString() != "pending";
        }, $"order {id} is {status}", within ?? TimeSpan.FromSeconds(60));
        Assert.True(order.GetProperty("status").GetString() == status, $"Order {id} was to become {status}: {order}");
        return order;
    }
}
