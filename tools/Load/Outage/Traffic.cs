using System.Collections.Concurrent;
using System.Diagnostics;
using Shop.Load.Customers;
using Shop.Load.Orders;

namespace Shop.Load.Outage;

/// <summary>The same mix of calls, whatever the condition: visitors who read one page after the other, and orders at a fixed rate.</summary>
internal sealed class Traffic(GatewayClient gateway, IReadOnlyList<Buyer> members, IReadOnlyList<Guid> products)
{
    public const int Visitors = 4;
    private const string Order = "place an order";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly OrderCall _orders = new(gateway, products);

    // Other page sizes bypass the cache of pages.
    private readonly (string Call, Func<int, string> Path)[] _reads =
    [
        ("a product's page", i => $"/api/v1/products/{products[i % products.Count]}"),
        ("a list of products", i => $"/api/v1/products?sort=price&pageSize={20 + (i % 30)}"),
        ("a search", i => $"/api/v1/products?query=keyboard&pageSize={20 + (i % 30)}"),
        ("a member's coupons", _ => "/api/v1/coupons"),
        ("a member's orders", _ => "/api/v1/orders"),
    ];

    public async Task<Period> RunAsync(TimeSpan lasts, double rate, CancellationToken cancel)
    {
        var calls = _reads.Select(read => read.Call).Append(Order).ToDictionary(call => call, _ => new CallTimes());
        var placed = new ConcurrentBag<Guid>();
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Visitors).Select(ReadAsync).Append(OrderAsync()));
        return new(calls, placed);

        async Task ReadAsync(int visitor)
        {
            for (var i = visitor; Stopwatch.GetElapsedTime(begun) < lasts; i += Visitors)
            {
                var (call, path) = _reads[i % _reads.Length];
                calls[call].Add(await ReadPageAsync(path(i), members[i % members.Count], cancel));
                await Task.Delay(Pause, cancel);
            }
        }

        async Task OrderAsync()
        {
            var running = new List<Task>();
            for (var i = 0; Stopwatch.GetElapsedTime(begun) < lasts; i++)
            {
                running.Add(OneAsync(i));
                await Task.Delay(TimeSpan.FromSeconds(1 / rate), cancel);
            }
            await Task.WhenAll(running);
        }

        async Task OneAsync(int number)
        {
            var order = await _orders.PlaceAsync(members[number % members.Count], number, Stopwatch.GetTimestamp(), cancel);
            calls[Order].Add((order.Milliseconds, order.Id is null));
            if (order.Id is { } id)
                placed.Add(id);
        }
    }

    private async Task<(double Milliseconds, bool IsError)> ReadPageAsync(string path, Buyer member, CancellationToken cancel)
    {
        await member.StaySignedInAsync(cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = member.Authorization } };
        var sent = Stopwatch.GetTimestamp();
        using var answer = await gateway.SendAsync(request, cancel);
        await answer.Content.ReadAsByteArrayAsync(cancel);
        return (Stopwatch.GetElapsedTime(sent).TotalMilliseconds, !answer.IsSuccessStatusCode);
    }
}
