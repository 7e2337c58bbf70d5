using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Shop.Checker;
using Shop.Load.Customers;

namespace Shop.Load.Orders;

/// <summary>The call that places an order, with little work on the client's side.</summary>
internal sealed class OrderCall(GatewayClient gateway, IReadOnlyList<Guid> products)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    // One body for each product, serialised once.
    private readonly byte[][] _bodies = Bodies(products, "tok_ok");
    private readonly byte[][] _declinedBodies = Bodies(products, "tok_declined");

    private readonly ConcurrentBag<RequestedOrder> _requested = [];
    private int _retries;

    /// <summary>Every call with its result, for a consistency check.</summary>
    public IReadOnlyList<RequestedOrder> Requested => [.. _requested];

    /// <summary>The share of orders whose payment is declined, 0 to 1, spread evenly.</summary>
    public double Declined { get; init; }

    /// <summary>How often a call that is answered with 503 is repeated, with the same key, as an app would do.</summary>
    public int MaxRetries { get; init; }

    /// <summary>The number of repeated calls.</summary>
    public int Retries => _retries;

    /// <param name="number">The number of the order in the run; it selects the product.</param>
    /// <param name="due">When the call was due, as a timestamp.</param>
    public async Task<PlacedOrder> PlaceAsync(Buyer buyer, int number, long due, CancellationToken cancel)
    {
        var key = Guid.CreateVersion7().ToString();
        var placed = default(PlacedOrder);
        try
        {
            placed = await PlaceAsync(buyer, key, number, due, cancel);
            for (var again = 0; again < MaxRetries && placed.IsBusy; again++)
            {
                Interlocked.Increment(ref _retries);
                await Task.Delay(Pause * (0.5 + Random.Shared.NextDouble()), cancel);
                placed = await PlaceAsync(buyer, key, number, due, cancel);
            }
            return placed;
        }
        finally
        {
            _requested.Add(new(buyer.Id, key, placed.Id));
        }
    }

    private async Task<PlacedOrder> PlaceAsync(Buyer buyer, string key, int number, long due, CancellationToken cancel)
    {
        try
        {
            await buyer.StaySignedInAsync(cancel);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/orders")
            {
                Content = new ByteArrayContent((IsDeclined(number) ? _declinedBodies : _bodies)[number % products.Count]) { Headers = { ContentType = Json } },
                Headers = { Authorization = buyer.Authorization },
            };
            request.Headers.Add("Idempotency-Key", key);
            using var answer = await gateway.SendAsync(request, cancel);
            var body = await answer.Content.ReadAsByteArrayAsync(cancel);
            var took = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
            return answer.StatusCode == HttpStatusCode.Accepted
                ? new(JsonDocument.Parse(body).RootElement.GetProperty("orderId").GetGuid(), took, Error: null)
                : new(Id: null, took, $"{(int)answer.StatusCode} {Problem.KindOf(body)}".TrimEnd());
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return new(Id: null, Stopwatch.GetElapsedTime(due).TotalMilliseconds, failure is HttpRequestException http ? http.HttpRequestError.ToString() : "no answer in time");
        }
    }

    private bool IsDeclined(int number) => Math.Floor((number + 1) * Declined) > Math.Floor(number * Declined);

    private static byte[][] Bodies(IReadOnlyList<Guid> products, string paymentToken) => [.. products.Select(product => JsonSerializer.SerializeToUtf8Bytes(new
    {
        items = new[] { new { productId = product, quantity = 1 } },
        paymentToken,
        shippingAddress = new { recipient = "김하나", line1 = "세종대로 110", city = "서울", postalCode = "04524", country = "KR" },
    }))];
}
