using Confluent.Kafka;
using Shop.Events.V1;
using Shop.Ordering.V1;
using Shop.Testing;
using Order = Shop.SystemTests.Running.Order;

namespace Shop.SystemTests;

public sealed class BrokerOutageTests(RunningShop shop) : IAsyncDisposable
{
    private const int Members = 8;
    private const int Stock = 10_000;
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Ten_seconds_without_a_broker_lose_no_event()
    {
        var cancel = TestContext.Current.CancellationToken;
        // Orders and their polls come as fast as the machine allows; a single member would reach the limit of requests.
        var members = await Task.WhenAll(Enumerable.Range(0, Members).Select(_ => shop.SignUpAsync()));
        var product = await shop.ProductWithStockAsync(Stock);
        var orders = new List<Order> { await members[0].PlaceOrderAsync(product, 1) };

        await CommandAsync("stop");
        try
        {
            var back = TimeProvider.System.GetUtcNow() + Away;
            do
            {
                orders.Add(await members[orders.Count % Members].PlaceOrderAsync(product, 1));
                await orders[^1].BecomesAsync("confirmed");      // a checkout needs no broker
            }
            while (TimeProvider.System.GetUtcNow() < back);
        }
        finally
        {
            await CommandAsync("start");
        }

        await shop.App.ResourceNotifications.WaitForResourceHealthyAsync("kafka", cancel);

        var expected = orders.Select(order => order.Id).ToHashSet();
        Assert.Equal(expected, await KeysOnTopicAsync(OrderPlaced.Descriptor.FullName, expected, cancel));
        Assert.Equal(expected, await KeysOnTopicAsync(OrderConfirmed.Descriptor.FullName, expected, cancel));

        // The projections have caught up: the list's stock comes from Inventory's events only.
        await Eventually.TrueAsync(async () => await ListedStockAsync(product) == Stock - orders.Count, "the list shows the stock", TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync() => await shop.IsWholeAsync();

    private async Task CommandAsync(string command)
    {
        var result = await shop.App.ResourceCommands.ExecuteCommandAsync("kafka", command);
        Assert.True(result.Success, $"{command} kafka: {result.Message}");
    }

    private async Task<long> ListedStockAsync(Product product) =>
        (await shop.ProductsAsync($"?query={Uri.EscapeDataString(product.Name)}"))
            .Single(found => found.GetProperty("id").GetString() == product.Id)
            .GetProperty("stock").GetProperty("available").GetInt64();

    /// <summary>Reads the orders' topic from its beginning until it has seen that type for every expected key, or for one minute.</summary>
    private async Task<HashSet<string>> KeysOnTopicAsync(string type, HashSet<string> expected, CancellationToken cancel)
    {
        var topic = OrderPlaced.Descriptor.GetOptions().GetExtension(OptionsExtensions.Topic);
        using var consumer = new ConsumerBuilder<string, byte[]>(new ConsumerConfig
        {
            BootstrapServers = shop.Info.KafkaBootstrap, GroupId = $"test-{Guid.CreateVersion7():N}", AutoOffsetReset = AutoOffsetReset.Earliest, EnableAutoCommit = false,
        }).Build();
        consumer.Subscribe(topic);

        var seen = new HashSet<string>();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(TimeSpan.FromMinutes(1));
        await Task.Run(() =>
        {
            while (!seen.SetEquals(expected) && !timeout.IsCancellationRequested)
            {
                var message = consumer.Consume(TimeSpan.FromSeconds(1))?.Message;
                if (message is not null && expected.Contains(message.Key) && TypeOf(message) == type)
                    seen.Add(message.Key);
            }
        }, cancel);
        consumer.Close();
        return seen;
    }

    private static string TypeOf(Message<string, byte[]> message) =>
        message.Headers.TryGetLastBytes("ce_type", out var type) ? System.Text.Encoding.UTF8.GetString(type) : "";
}
