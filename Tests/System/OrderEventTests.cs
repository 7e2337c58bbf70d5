using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Shop.Testing;

namespace Shop.SystemTests;

public sealed class OrderEventTests(RunningShop shop)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);

    private sealed record Event(long Id, string Status, string? Reason);

    [Fact]
    public async Task An_order_streams_its_changes_and_the_stream_ends_with_it()
    {
        var member = await shop.SignUpAsync();
        var order = await member.PlaceOrderAsync(await shop.ProductWithStockAsync(1), 1, PaymentToken.Declined);

        var events = await WatchAsync(member, order.Id);

        Assert.Equal(new("rejected", "payment_declined"), new KeyValuePair<string, string?>(events[^1].Status, events[^1].Reason));
        Assert.Equal(events.Select(e => e.Id).Distinct().Order(), events.Select(e => e.Id));
        // A client that reconnects gets the missed events; a new client gets the current state.
        Assert.Equal(events[^1], Assert.Single(await WatchAsync(member, order.Id, lastEventId: "1")));
        Assert.Equal(events[^1], Assert.Single(await WatchAsync(member, order.Id, lastEventId: "77")));
        // A client that has seen the last event does not reconnect: a browser stops at 204.
        using var nothingMore = await member.SendAsync(HttpMethod.Get, $"/api/v1/orders/{order.Id}/events", body: null, ("Last-Event-ID", $"{events[^1].Id}"));
        Assert.Equal(HttpStatusCode.NoContent, nothingMore.StatusCode);
    }

    [Fact]
    public async Task A_change_reaches_all_watching_clients()
    {
        var member = await shop.SignUpAsync();
        await using var slow = await shop.SlowProviderAsync(TimeSpan.FromSeconds(1));
        var order = await member.PlaceOrderAsync(await shop.ProductWithStockAsync(1), 1);

        var events = await WatchAsync(member, order.Id, until: "confirmed");

        Assert.Equal(["pending", "confirmed"], events.Select(e => e.Status));
    }

    [Fact]
    public async Task While_the_provider_is_unavailable_the_stream_says_pending_and_the_same_stream_says_confirmed_after_it()
    {
        var member = await shop.SignUpAsync();
        var product = await shop.ProductWithStockAsync(1);
        Task<List<Event>> watching;
        await using (await shop.NoProviderAsync())
        {
            var order = await member.PlaceOrderAsync(product, 1);
            watching = WatchAsync(member, order.Id, until: "confirmed");
            await Eventually.TrueAsync(async () =>
            {
                var payment = (await order.GetAsync()).GetProperty("payment");
                return payment.ValueKind == JsonValueKind.Object && payment.GetProperty("status").GetString() == "pending";
            }, "the payment waits for the provider", Timeout);
            Assert.False(watching.IsCompleted);
        }

        Assert.Equal(["pending", "confirmed"], (await watching).Select(e => e.Status));
        await shop.IsWholeAsync();
    }

    [Fact]
    public async Task An_order_goes_on_with_its_shipment_until_it_is_delivered()
    {
        var (member, @operator) = (await shop.SignUpAsync(), await shop.OperatorAsync());
        var order = await member.PlaceOrderAsync(await shop.ProductWithStockAsync(1), 1);
        var watching = WatchAsync(member, order.Id, lastEventId: "1");
        var shipment = await order.ShipmentBecomesAsync("created");

        foreach (var (move, status) in new[] { ("dispatch", "dispatched"), ("deliver", "delivered") })
        {
            Assert.Equal(HttpStatusCode.NoContent, await MoveAsync(move));
            Assert.Equal(HttpStatusCode.NoContent, await MoveAsync(move));
            Assert.Equal(shipment, await order.ShipmentBecomesAsync(status));
        }
        Assert.Equal(HttpStatusCode.Conflict, await MoveAsync("dispatch"));

        // The service ends the stream.
        var events = await watching;
        Assert.Equal(["confirmed", "dispatched", "delivered"], events.Select(e => e.Status));
        Assert.Equal(["placed", "confirmed", "dispatched", "delivered"], (await order.GetAsync()).GetProperty("timeline").EnumerateArray().Select(moment => moment.GetProperty("what").GetString()!));
        using var nothingMore = await member.SendAsync(HttpMethod.Get, $"/api/v1/orders/{order.Id}/events", body: null, ("Last-Event-ID", $"{events[^1].Id}"));
        Assert.Equal(HttpStatusCode.NoContent, nothingMore.StatusCode);

        async Task<HttpStatusCode> MoveAsync(string move)
        {
            using var answer = await @operator.SendAsync(HttpMethod.Post, $"/api/v1/ops/shipments/{shipment}/{move}", body: null);
            return answer.StatusCode;
        }
    }

    /// <summary>To the end of the stream, or until a status.</summary>
    private async Task<List<Event>> WatchAsync(Member member, string orderId, string? lastEventId = null, string? until = null)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/orders/{orderId}/events");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", member.AccessToken);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        using var answer = await shop.Gateway.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);

        var events = new List<Event>();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(timeout.Token));
        for (var id = 0L; await reader.ReadLineAsync(timeout.Token) is { } line;)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = long.Parse(line[4..]);
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
                continue;

            var data = JsonDocument.Parse(line[6..]).RootElement;
            events.Add(new(id, data.GetProperty("status").GetString()!, data.GetProperty("reason").GetString()));
            if (events[^1].Status == until)
                break;
        }

        return events;
    }
}
